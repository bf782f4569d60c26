//! What a value that has the shape of a secret looks like: drawn at random, written by hand, made of words, or a placeholder.
//!
//! A proof that holds overrules everything here. The questions are asked of the value alone, never of the line around it, so
//! that a word such as "example" in a sentence hides nothing.
//!
//! **Does it say that it is none?** A mask, a template variable, a reference into a vault, or words such as "your key here".
//!
//! **Was it typed?** People fill in shapes with repeated characters and with runs of a keyboard or the alphabet. Of a random
//! value of n characters over an alphabet of k, the expected share of neighbours that repeat or count up is 2/k: 3 % for
//! base62. A value in which half of the neighbours do so was typed. It is an example, or somebody's weak password: it is
//! worth a note and no more.
//!
//! **Is it random?** For values without a prefix of their own. A random string switches between letters, digits and cases all
//! the time; identifiers and prose do so at word ends. Two neighbours are of different classes with probability
//! 1 − (10² + 26² + 26²)/62² = 0.62 in base62, 0.47 in hexadecimal, 0.30 in base32; in identifiers the share is about 0.2,
//! in words joined by hyphens near 0. With n neighbours the share scatters by √(0.25/n), 0.09 at 32 characters, so values of
//! two cases must switch at a quarter of their places and others at an eighth: less than one random value in fifty fails.
//! Identifiers of two cases have one more mark: most of their letters stand in runs of four and more lower-case letters,
//! which in base62 happens to one letter in twelve.

use crate::proof::placeholder;

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The output of a random generator.
    Random,
    /// Letters with digits or symbols between them, as people make passwords.
    Mixed,
    /// Words, an identifier, a path or a number.
    Words,
    /// Repetitions and runs, typed by hand.
    Typed,
    /// A password that everybody tries first.
    Default,
    /// It stands where a secret would be.
    Placeholder,
}

/// Words by which a value of any length says that it is none. They are so long that a random value of a hundred characters
/// holds one of them once in ten million; shorter words are only looked for in values that consist of words.
pub(crate) const SAYS_SO: &[&str] = &["example", "placeholder", "redacted", "changeme", "notreal", "xxxxxxx"];
/// Marks of references that a value can hold anywhere: masks, environment references, references into a vault.
const REFERENCES: &[&str] = &["<", "getenv", "vault:"];
/// Runs that fingers make. As long as the words above, for the same reason.
const RUNS: &[&str] = &["1234567", "abcdefg"];

/// Says what a value looks like.
#[must_use]
pub fn look(value: &str) -> Look {
    let bytes = value.as_bytes();
    let says_so = holds(bytes, SAYS_SO, <[u8]>::eq_ignore_ascii_case) || holds(bytes, REFERENCES, <[u8]>::eq);
    if says_so {
        Look::Placeholder
    } else if is_typed(bytes) || holds(bytes, RUNS, <[u8]>::eq_ignore_ascii_case) {
        Look::Typed
    } else if placeholder::is_default(value) {
        Look::Default
    } else if placeholder::is_placeholder(value) {
        Look::Placeholder
    } else if is_random(value.as_bytes()) {
        Look::Random
    } else if is_mixed(value.as_bytes()) {
        Look::Mixed
    } else {
        Look::Words
    }
}

/// Whether a value may look random or typed: if not, it consists of words at best. Costs far less than [`look`], and says no of nearly
/// all that stands beside the name of a provider.
#[must_use]
pub fn may_be_meant(value: &str) -> bool {
    let bytes = value.as_bytes();
    switches(bytes) || is_typed(bytes) || holds(bytes, RUNS, <[u8]>::eq_ignore_ascii_case)
}

/// Whether a value has one of some words in it.
fn holds(value: &[u8], words: &[&str], equals: fn(&[u8], &[u8]) -> bool) -> bool {
    // Nearly every byte is passed over because no word begins with it.
    let first = words.iter().fold(0u128, |set, word| set | 1 << (word.as_bytes()[0] & 127));
    (0..value.len()).filter(|&at| value[at].is_ascii() && first >> value[at].to_ascii_lowercase() & 1 == 1).any(|at| {
        words.iter().any(|word| value.get(at..at + word.len()).is_some_and(|here| equals(here, word.as_bytes())))
    })
}

/// Whether letters stand with a symbol that names and paths do not have, or with two digits and nothing that joins words.
fn is_mixed(bytes: &[u8]) -> bool {
    let any = |of: &[u8]| bytes.iter().any(|byte| of.contains(byte));
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    bytes.len() >= 6
        && bytes.iter().any(u8::is_ascii_alphabetic)
        && (any(b"!@#$%^&*?~") || (digits >= 2 && !any(b"._/\\:-")))
}

/// Whether half of the neighbours repeat or count up, or hardly any two characters differ, or a short piece is repeated to the
/// end.
fn is_typed(bytes: &[u8]) -> bool {
    let steps = bytes.windows(2).filter(|pair| matches!(pair[1].wrapping_sub(pair[0]), 0 | 1)).count();
    let repeats = |piece: usize| bytes.len() >= piece * 3 && bytes.iter().zip(&bytes[piece..]).all(|(a, b)| a == b);
    bytes.len() >= 8
        && (steps * 2 >= bytes.len() || distinct(bytes) <= bytes.len().min(16) / 4 || (1..=LONGEST_PIECE).any(repeats))
}

/// A piece that is repeated is not longer.
const LONGEST_PIECE: usize = 10;

/// Whether a value looks like the output of a random generator and not like words, a path or a number.
fn is_random(bytes: &[u8]) -> bool {
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    switches(bytes) && !(has_two_cases(bytes) && in_words(bytes) * 2 >= letters)
}

/// Whether a value switches between letters, digits and cases as the output of a random generator does.
pub fn switches(bytes: &[u8]) -> bool {
    let count = |class: fn(&u8) -> bool| bytes.iter().filter(|byte| class(byte)).count();
    let letters = count(u8::is_ascii_alphabetic);
    if bytes.len() < 8 || letters * 8 < bytes.len() || count(u8::is_ascii_digit) == 0 {
        return false;
    }
    let switches =
        bytes.windows(2).filter(|pair| class(pair[0]).zip(class(pair[1])).is_some_and(|(a, b)| a != b)).count();
    let enough = if has_two_cases(bytes) { 4 } else { 8 };
    switches * enough >= bytes.len() && distinct(bytes) * 3 >= bytes.len().min(30)
}

fn has_two_cases(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && bytes.iter().any(u8::is_ascii_lowercase)
}

/// Letters that stand in runs of four and more lower-case letters.
pub fn in_words(bytes: &[u8]) -> usize {
    bytes.split(|byte| !byte.is_ascii_lowercase()).map(<[u8]>::len).filter(|&run| run >= 4).sum()
}

fn class(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(0),
        b'a'..=b'z' => Some(1),
        b'A'..=b'Z' => Some(2),
        _ => None,
    }
}

fn distinct(bytes: &[u8]) -> usize {
    let set = bytes.iter().fold(0u128, |set, &byte| set | 1 << (byte & 127));
    set.count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_stands_for_a_secret_is_a_placeholder() {
        for value in ["xxxxxxxxxxxxxxxx", "YOUR_API_KEY", "<token>", "${DEPLOY_KEY}", "changeme-please"] {
            assert_eq!(look(value), Look::Placeholder, "{value}");
        }
    }

    #[test]
    fn repetitions_and_runs_were_typed() {
        for value in [
            "aaaabbbbcccc",
            "abcdefghijklmnop",
            "AAAAAAAAAAAA-BBBBBBBBBBBBBBBB",
            "k3v9k3v9k3v9k3v9",
            "12345678-abcd-abcd",
        ] {
            assert_eq!(look(value), Look::Typed, "{value}");
        }
    }

    #[test]
    fn a_password_of_a_person_is_mixed_and_the_one_that_everybody_tries_is_a_default() {
        for value in ["blue!whale", "winter#snow"] {
            assert_eq!(look(value), Look::Mixed, "{value}");
        }
        for value in ["letmein", "Admin123", "changeit"] {
            assert_eq!(look(value), Look::Default, "{value}");
        }
    }

    #[test]
    fn a_random_value_is_random() {
        let mut random = fastrand::Rng::with_seed(7);
        let values = (0..10_000).map(|_| (0..32).map(|_| random.alphanumeric()).collect::<String>());
        let wrong = values.filter(|value| look(value) != Look::Random).count();
        assert!(wrong < 100, "{wrong} of 10000 random values were taken for something else");
    }

    #[test]
    fn words_and_identifiers_are_not_random() {
        for value in [
            "getUserAccountByIdentifier",
            "getUser2AccountByIdentifier",
            "my-favourite-configuration",
            "com.exemplary.package.Name",
            "2024-01-02T03:04:05",
        ] {
            assert_eq!(look(value), Look::Words, "{value}");
        }
    }

    #[test]
    fn what_may_not_be_meant_consists_of_words_at_best() {
        let mut random = fastrand::Rng::with_seed(5);
        let pieces =
            ["key", "ab", "Zq", "7", "2026", "-", "_", "example", "1234567", "aaaa", "x9K", "${", "!", "secret"];
        for _ in 0..20_000 {
            let value: String = (0..random.usize(0..10)).map(|_| pieces[random.usize(..pieces.len())]).collect();
            if matches!(look(&value), Look::Random | Look::Typed) {
                assert!(may_be_meant(&value), "{value}");
            }
        }
    }
}
