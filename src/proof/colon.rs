//! Tokens that are base64 of a text with numbers and colons before the random part.
//!
//! Artifactory's reference tokens decode to `reftkn:NN:NN:…`, and the access tokens of Jira's and Confluence's own servers
//! to digits, a colon and random bytes. Both were read off published examples and are not documented, so a token that
//! decodes to something else is doubtful and not broken.

use super::decoded::{Decoded, to_base64};
use super::{Outcome, random};

const REFERENCE: &[u8] = b"reftkn:";
/// Digits that an Atlassian token begins with.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Judges an Artifactory reference token.
pub(super) fn check_reference(token: &str) -> Outcome {
    let decoded = Decoded::from_base64(token);
    let rest = decoded.as_ref().and_then(|decoded| decoded.bytes().strip_prefix(REFERENCE));
    outcome(rest.and_then(after_number).and_then(after_number).is_some_and(|rest| !rest.is_empty()))
}

/// Judges an Atlassian Data Center token.
pub(super) fn check_data_center(token: &str) -> Outcome {
    let decoded = Decoded::from_base64(token);
    let bytes = decoded.as_ref().map(Decoded::bytes).unwrap_or_default();
    let rest = after_number(bytes);
    outcome(rest.is_some_and(|rest| DIGITS.contains(&(bytes.len() - rest.len() - 1))))
}

fn outcome(fits: bool) -> Outcome {
    if fits { Outcome::Fits } else { Outcome::Doubtful }
}

/// What follows a number and a colon.
fn after_number(bytes: &[u8]) -> Option<&[u8]> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.get(digits..).filter(|_| digits > 0)?.strip_prefix(b":")
}

/// A token with random numbers and letters, as long as the sample.
pub(super) fn complete_reference(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let start = format!("reftkn:01:{}:", random::text(b"0123456789", 10, random));
    filled(start.as_bytes(), random::text(random::ALPHANUMERIC, 64, random).as_bytes(), token.len())
}

/// A token with twelve random digits and random bytes, as long as the sample.
pub(super) fn complete_data_center(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let start = format!("{}:", random::text(b"0123456789", 12, random));
    filled(start.as_bytes(), &random::bytes(64, random), token.len())
}

/// Base64 of that length.
fn filled(start: &[u8], rest: &[u8], length: usize) -> Option<String> {
    let encoded = to_base64(&[start, rest].concat());
    encoded.get(..length).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_token_has_two_numbers() {
        let of = |text: &str| check_reference(&to_base64(text.as_bytes()));
        assert_eq!(of("reftkn:01:1700000000:abcDEF"), Outcome::Fits);
        for other in ["reftkn:01:1700000000:", "reftkn:01:", "reftkn::1:a", "reftok:01:1700000000:abc", ""] {
            assert_eq!(of(other), Outcome::Doubtful, "{other}");
        }
        assert_eq!(check_reference("no base64!"), Outcome::Doubtful);
    }

    #[test]
    fn a_data_center_token_begins_with_digits() {
        let of = |text: &str| check_data_center(&to_base64(text.as_bytes()));
        assert_eq!(of("123456789012:random bytes here..."), Outcome::Fits);
        for other in ["1234567:too few", "1234567890123456:too many", "no digits: at all", "123456789012", ""] {
            assert_eq!(of(other), Outcome::Doubtful, "{other}");
        }
    }

    #[test]
    fn samples_keep_their_length_and_fit() {
        let mut random = random::fixed(113);
        let reference = complete_reference(&"c".repeat(64), &mut random).unwrap_or_default();
        assert_eq!((check_reference(&reference), reference.len()), (Outcome::Fits, 64));
        let token = complete_data_center(&"M".repeat(44), &mut random).unwrap_or_default();
        assert_eq!((check_data_center(&token), token.len()), (Outcome::Fits, 44));
        assert!(token.starts_with(['M', 'N', 'O']));
    }
}
