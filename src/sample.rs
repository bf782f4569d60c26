//! Samples: texts that a rule finds, made from its pattern, and near misses that it must not find.
//!
//! Tests, the demonstration page and lessons need keys, and no key, real or invented, is ever written into this repository.
//! So they are made when they are needed: a walk through the pattern's syntax tree gives a text of the right shape, and the
//! rule's proof turns it into one whose checksum or structure holds. The build script makes some for every rule and refuses
//! a rule whose samples do not match its own pattern.
//!
//! Characters are drawn evenly from a class, so the result looks random wherever the pattern leaves a choice. Rejected:
//! generators of strings from regular expressions as libraries, since none keeps to printable characters or knows about
//! the proof.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::proof::Proof;

/// An unbounded or long repetition is at most this much longer than its minimum.
const MORE: u32 = 8;
/// Characters that stand in no token, the likeliest first.
const FOREIGN: &[u8] = b"!*|~^`<>{}()[];,?&$%#@\"' ";

/// Makes a text that matches the whole pattern and, if there is a proof, one for which the proof holds.
///
/// # Panics
///
/// If the pattern does not parse. The build has parsed the pattern of every rule.
#[must_use]
pub fn sample(pattern: &str, proof: Option<Proof>, random: &mut fastrand::Rng) -> String {
    let mut bytes = Vec::new();
    write(&parse(pattern), random, &mut bytes);
    let shaped = String::from_utf8_lossy(&bytes).into_owned();
    match proof {
        Some(proof) => proof.complete(&shaped, &mut || random.u64(..)),
        None => shaped,
    }
}

/// Makes texts close to a sample that the pattern does not match as a whole: with a character that no token has, without one
/// of its characters where the length is fixed, and with a wrong beginning. A part of such a text may still match, if the
/// pattern matches shorter texts too.
///
/// # Panics
///
/// If the pattern does not parse. The build has parsed the pattern of every rule.
#[must_use]
pub fn near_misses(sample: &str, pattern: &str, random: &mut fastrand::Rng) -> Vec<String> {
    let tree = parse(pattern);
    let mut known = [false; 256];
    mark(&tree, &mut known);
    let mut misses = Vec::new();
    let places: Vec<usize> = sample.char_indices().map(|(place, _)| place).collect();
    let Some(&place) = random.choice(&places) else { return misses };
    let character = sample.get(place..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let around = (&sample[..place], &sample[place + character..]);

    if let Some(&foreign) = FOREIGN.iter().find(|&&foreign| !known[usize::from(foreign)]) {
        misses.push(format!("{}{}{}", around.0, char::from(foreign), around.1));
    }
    if tree.properties().minimum_len() == Some(sample.len()) {
        misses.push(format!("{}{}", around.0, around.1));
    }
    if let Some((first, rest)) = literal_beginning(&tree).and_then(|_| sample.split_at_checked(1)) {
        misses.push(format!("{}{rest}", other_letter(first)));
    }
    misses
}

/// Parses as the scanner does: bytes, ASCII classes.
fn parse(pattern: &str) -> Hir {
    ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern)
        .expect("the build has parsed the pattern of every rule")
}

/// Appends a text that matches the tree.
fn write(tree: &Hir, random: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => bytes.extend_from_slice(&literal.0),
        HirKind::Class(class) => bytes.extend(pick(class, random)),
        HirKind::Capture(capture) => write(&capture.sub, random, bytes),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, random, bytes)),
        HirKind::Alternation(branches) => {
            if let Some(branch) = random.choice(branches) {
                write(branch, random, bytes);
            }
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.min.saturating_add(MORE);
            let most = repetition.max.map_or(most, |max| max.min(most));
            for _ in 0..random.u32(repetition.min..=most) {
                write(&repetition.sub, random, bytes);
            }
        }
    }
}

/// A character of the class: a visible one if there is any, else a space or a line end, else whatever comes first.
fn pick(class: &Class, random: &mut fastrand::Rng) -> Option<u8> {
    let visible: Vec<u8> = (b'!'..=b'~').filter(|&byte| contains(class, byte)).collect();
    let rest = b" \n\t\r".iter().copied().chain(0..=u8::MAX);
    random.choice(visible).or_else(|| rest.into_iter().find(|&byte| contains(class, byte)))
}

fn contains(class: &Class, byte: u8) -> bool {
    match class {
        Class::Bytes(class) => class.iter().any(|range| (range.start()..=range.end()).contains(&byte)),
        Class::Unicode(class) => {
            byte.is_ascii() && class.iter().any(|range| (range.start()..=range.end()).contains(&char::from(byte)))
        }
    }
}

/// Marks every byte that can stand anywhere in a match.
fn mark(tree: &Hir, known: &mut [bool; 256]) {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => literal.0.iter().for_each(|&byte| known[usize::from(byte)] = true),
        HirKind::Class(class) => {
            (0..=u8::MAX).filter(|&byte| contains(class, byte)).for_each(|byte| known[usize::from(byte)] = true);
        }
        HirKind::Capture(capture) => mark(&capture.sub, known),
        HirKind::Repetition(repetition) => mark(&repetition.sub, known),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| mark(part, known)),
    }
}

/// The literal that every match begins with, if there is one.
fn literal_beginning(tree: &Hir) -> Option<&[u8]> {
    match tree.kind() {
        HirKind::Literal(literal) => Some(&literal.0),
        HirKind::Capture(capture) => literal_beginning(&capture.sub),
        HirKind::Concat(parts) => parts.first().and_then(literal_beginning),
        _ => None,
    }
}

/// A letter that is not the given one in either case.
fn other_letter(letter: &str) -> &'static str {
    if letter.eq_ignore_ascii_case("q") { "w" } else { "q" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::Outcome;

    /// Patterns of the kinds that rules have, with the proofs that go with them.
    const PATTERNS: &[(&str, Option<Proof>)] = &[
        ("abc[a-f]{4}", None),
        ("(?i:key)[-_ ]?[0-9a-f]{32,64}", None),
        ("x(?:a|bb|ccc)+[^x]*y?", None),
        (r"\w+\d\s\x00[\s\S]{3}", None),
        ("gh[pous]_[A-Za-z0-9]{36}", Some(Proof::Crc32Base62)),
        ("ghr_[A-Za-z0-9]{76}", Some(Proof::Crc32Base62)),
        ("npm_[A-Za-z0-9]{36}", Some(Proof::Crc32Base62)),
        ("vc[piark]_[A-Za-z0-9_-]{56}", Some(Proof::Crc32Base62)),
        ("github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", Some(Proof::GithubFineGrained)),
        (r"ghs_[0-9]{4,10}_eyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}", Some(Proof::GithubStateless)),
        (r"gl[a-z]{1,4}-[\w-]{27,300}\.01\.[0-9a-z]{9}", Some(Proof::GitlabRoutable)),
        (r"glpat-[\w-]{27,300}\.[0-9a-z]{9}", Some(Proof::GitlabRoutable)),
        ("AT[AC]TT3[A-Za-z0-9_-]{180}=[A-F0-9]{8}", Some(Proof::AtlassianCrc32)),
        ("ATBB[A-Za-z0-9]{24}[A-F0-9]{8}", Some(Proof::BitbucketAppPassword)),
        ("cf(?:k|ut|at)_[A-Za-z0-9]{40}[a-f0-9]{8}", Some(Proof::CloudflareCrc32)),
        ("glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}", Some(Proof::GrafanaCrc32)),
        ("zpka_[a-f0-9]{32}_[a-f0-9]{8}", Some(Proof::ZuploCrc32)),
        ("cflt[A-Za-z0-9+/]{60}", Some(Proof::ConfluentCrc32)),
        (r"AccountKey=[A-Za-z0-9+/]{76}\+ASt[A-Za-z0-9+/]{6}==", Some(Proof::AzureIdentifiable)),
        ("[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{6}==", Some(Proof::AzureIdentifiable)),
        ("[A-Za-z0-9+/]{33}AzCa[A-P][A-Za-z0-9+/]{5}=", Some(Proof::AzureIdentifiable)),
        ("[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{6}(?:==)?", Some(Proof::AzureIdentifiable)),
        ("[A-Za-z0-9]{52}JQQJ99[A-Z][A-L][A-Za-z0-9]{24}", Some(Proof::AzureCask)),
        ("[A-Za-z0-9]{52}JQQJ99[A-Z][A-L][A-Za-z0-9]{26}==", Some(Proof::AzureCask)),
        (r"[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{34}", Some(Proof::EntraSecret)),
        ("A(?:KIA|SIA)[A-Z0-9]{16}", Some(Proof::AwsAccount)),
        ("ABSK[A-Za-z0-9+/]{109,269}={0,2}", Some(Proof::Bedrock)),
        ("bedrock-api-key-[A-Za-z0-9+/=]{28,}", Some(Proof::Bedrock)),
        (r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}", Some(Proof::Jwt)),
        (r"eyJ0eXAi[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}", Some(Proof::Jwt)),
        ("ops_eyJ[A-Za-z0-9+/_-]{100,}={0,3}", Some(Proof::Base64Json)),
        (r"sntrys_eyJpYXQiO[\w+/=-]{10,}_[\w+/-]{43}", Some(Proof::Base64Json)),
        ("glc_eyJvIjoi[A-Za-z0-9+/]{20,}={0,2}", Some(Proof::Base64Json)),
        ("[MNO][A-Za-z0-9]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}", Some(Proof::DiscordSnowflake)),
        (
            r"-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED) )?PRIVATE KEY-----[^-]{64,}-----END (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED) )?PRIVATE KEY-----",
            Some(Proof::PrivateKey),
        ),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----[^-]{64,}-----END PGP PRIVATE KEY BLOCK-----", Some(Proof::PrivateKey)),
        (r"-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\s]{64,}", Some(Proof::PrivateKey)),
        (
            r#""private_key"\s*:\s*"-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\\]{64,}-----END PRIVATE KEY-----\\n""#,
            Some(Proof::GcpServiceAccount),
        ),
        ("AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", Some(Proof::AgeBech32)),
        (r"(?i:postgres(?:ql)?|mysql|redis)://[^\s:@/]{0,60}:[^\s@]{3,100}@[\w.-]{3,}", Some(Proof::UrlPassword)),
        (r"(?i:authorization: basic )[A-Za-z0-9+/]{8,}={0,2}", Some(Proof::BasicAuth)),
        (r"(?i:authorization: bearer )[\w.~+/-]{20,}=*", Some(Proof::Bearer)),
    ];

    fn whole(pattern: &str) -> regex::bytes::Regex {
        regex::bytes::RegexBuilder::new(&format!("^(?:{pattern})$"))
            .unicode(false)
            .build()
            .expect("the patterns above are right")
    }

    #[test]
    fn samples_match_their_whole_pattern_and_their_proof_does_not_fail() {
        let mut random = fastrand::Rng::with_seed(1);
        for (pattern, proof) in PATTERNS {
            let whole = whole(pattern);
            for _ in 0..20 {
                let text = sample(pattern, *proof, &mut random);
                assert!(whole.is_match(text.as_bytes()), "{pattern}: {text}");
                let Some(proof) = proof else { continue };
                let outcome = proof.check(&text, 1_780_000_000);
                let nothing_to_say = matches!(proof, Proof::AwsAccount | Proof::Bearer) && outcome == Outcome::Silent;
                let proven = matches!(outcome, Outcome::Holds | Outcome::Fits) || nothing_to_say;
                assert!(proven, "{} is {outcome:?} for {text}", proof.name());
            }
        }
    }

    #[test]
    fn near_misses_do_not_match_as_a_whole() {
        let mut random = fastrand::Rng::with_seed(2);
        for (pattern, proof) in PATTERNS {
            let whole = whole(pattern);
            for _ in 0..5 {
                let text = sample(pattern, *proof, &mut random);
                for miss in near_misses(&text, pattern, &mut random) {
                    assert!(!whole.is_match(miss.as_bytes()), "{pattern}: {miss}");
                    assert_ne!(miss, text);
                }
            }
        }
        let fixed = near_misses("ghp_abcd", "ghp_[a-z]{4}", &mut random);
        assert_eq!(fixed.len(), 3, "{fixed:?}");
        assert!(near_misses("", "a*", &mut random).is_empty());
    }

    #[test]
    fn the_same_seed_gives_the_same_sample() {
        let make = |seed| sample("[a-z]{20,40}", None, &mut fastrand::Rng::with_seed(seed));
        assert_eq!(make(3), make(3));
        assert_ne!(make(3), make(4));
    }

    #[test]
    fn classes_without_a_visible_character_are_drawn_from_all_the_same() {
        let mut random = fastrand::Rng::with_seed(5);
        assert_eq!(sample(r"[\s]{1}", None, &mut random), " ");
        assert_eq!(sample(r"[\x00-\x08]", None, &mut random), "\u{0}");
    }
}
