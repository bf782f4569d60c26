//! How much of a value somebody who has its fingerprint would have to guess.

use zeroize::Zeroizing;

use crate::context::{self, Look};

/// What separates the parts of addresses, connection strings and assignments. Each part is judged by itself, so that a random
/// part does not lend its looks to a host name.
const BETWEEN: &[char] =
    &[':', '/', '@', '?', '&', '=', ',', ';', '"', '\'', '`', '(', ')', '[', ']', '{', '}', '<', '>', '|'];

/// Bits of a value that look as if a random generator made them. Words, names and numbers count for nothing.
pub fn bits(value: &str) -> usize {
    let parts = value.split(|c: char| BETWEEN.contains(&c) || c.is_whitespace());
    let in_parts = parts.map(bits_of_run).sum();
    match value.contains("://") || value.contains(char::is_whitespace) {
        true => in_parts,
        false => bits_of_run(value).max(in_parts),
    }
}

/// What a value looks like. The sign `<` is no mark of a template here: it stands in generated passwords, and whatever is a
/// template without it still is one.
pub fn look(value: &str) -> Look {
    context::look(&Zeroizing::new(value.replace('<', "")))
}

fn bits_of_run(run: &str) -> usize {
    let in_words = match look(run) {
        Look::Random => 0,
        // Of a hundred random values of two cases, one has so many small letters beside each other that they might be words. Without
        // them it may be long enough.
        Look::Mixed | Look::Words if context::switches(run.as_bytes()) => context::in_words(run.as_bytes()),
        _ => return 0,
    };
    let has = |class: fn(&u8) -> bool| run.bytes().any(|byte| class(&byte));
    let hex = run.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    // Tenths of a bit for each character: the logarithm of 16, of 36 and of 62.
    let tenths = match (hex, has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)) {
        (true, _) => 40,
        (false, false) => 51,
        (false, true) => 59,
    };
    let counted = run.bytes().filter(|byte| byte.is_ascii_alphanumeric() || (!hex && byte.is_ascii_graphic())).count();
    counted.saturating_sub(in_words) * tenths / 10
}

/// Where the window of a value begins that is least like other texts: the one whose neighbours differ most in class. An address
/// begins like many others; its password does not.
pub fn best_window(value: &[u8], length: usize) -> usize {
    let class = |byte: u8| match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let switches = |window: &[u8]| window.windows(2).filter(|pair| class(pair[0]) != class(pair[1])).count();
    value.windows(length).enumerate().max_by_key(|(_, window)| switches(window)).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own::LEAST_BITS;

    #[test]
    fn hardly_any_password_of_a_generator_is_taken_for_words() {
        let mut random = fastrand::Rng::with_seed(11);
        let values = (0..10_000).map(|_| (0..24).map(|_| random.alphanumeric()).collect::<String>());
        // One in seventy has no digit, and nothing tells it from an identifier then.
        let with_digit = values.filter(|value| value.contains(|c: char| c.is_ascii_digit()));
        let refused = with_digit.filter(|value| bits(value) < LEAST_BITS).count();
        assert!(refused < 60, "{refused} of 10000 random values of 24 characters were refused");
    }

    #[test]
    fn the_words_of_an_identifier_count_for_nothing() {
        for name in ["getUserAccountByIdentifier2", "CorrectHorse7BatteryStaple", "readConfiguration2FromFile"] {
            assert!(bits(name) < LEAST_BITS, "{name}: {}", bits(name));
        }
    }
}
