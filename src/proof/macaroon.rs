//! PyPI's API tokens: a macaroon behind `pypi-`.
//!
//! Version 2 of the binary form (<https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt>): a version byte, the
//! index's host name, an identifier, caveats, and a signature of 32 bytes, each field as type, length and value, each section
//! ended by a zero byte. PyPI's use of it is described at <https://warehouse.pypa.io/development/token-scanning.html>. A token
//! that does not begin like that is invented; one that begins well and does not parse to its end is doubtful, since it may
//! be cut or followed by other characters.

use super::decoded::{Decoded, to_base64_url};
use super::{Outcome, random};

const PREFIX: &str = "pypi-";
const VERSION: u8 = 2;
const LOCATION: u8 = 1;
const IDENTIFIER: u8 = 2;
const VERIFICATION: u8 = 4;
const SIGNATURE: u8 = 6;
const END: u8 = 0;

/// Judges a token.
pub(super) fn check(token: &str) -> Outcome {
    let Some(decoded) = token.strip_prefix(PREFIX).and_then(Decoded::from_base64) else { return Outcome::Breaks };
    let Some(body) = after_location(decoded.bytes()).filter(|body| body.first() == Some(&IDENTIFIER)) else {
        return Outcome::Breaks;
    };
    if is_complete(body) { Outcome::Fits } else { Outcome::Doubtful }
}

/// What follows the version and a location that reads like a host name.
fn after_location(bytes: &[u8]) -> Option<&[u8]> {
    let (&version, rest) = bytes.split_first()?;
    let (kind, location, rest) = field(rest)?;
    let is_host = location.contains(&b'.')
        && location.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    (version == VERSION && kind == LOCATION && is_host).then_some(rest)
}

/// Whether an identifier, any number of caveats and a signature of 32 bytes follow, and nothing else.
fn is_complete(mut rest: &[u8]) -> bool {
    let mut caveats = false;
    loop {
        // One section: fields up to a zero byte. An empty one ends the caveats.
        let mut fields = 0_usize;
        while let Some((kind, _, after)) = field(rest) {
            if !matches!(kind, LOCATION | IDENTIFIER | VERIFICATION) {
                return false;
            }
            fields += 1;
            rest = after;
        }
        let Some((&END, after)) = rest.split_first() else { return false };
        rest = after;
        match (fields, caveats) {
            (0, true) => break,
            (0, false) => return false,
            _ => caveats = true,
        }
    }
    matches!(field(rest), Some((SIGNATURE, signature, [])) if signature.len() == 32)
}

/// A field's type and value, and what follows. Nothing for the zero byte that ends a section.
fn field(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&kind, rest) = bytes.split_first().filter(|(kind, _)| **kind != END)?;
    let (length, rest) = length(rest)?;
    let (value, rest) = rest.split_at_checked(length)?;
    Some((kind, value, rest))
}

/// A length in groups of seven bits, the lowest first. Three groups are two megabytes, more than any token.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (place, &byte) in bytes.iter().enumerate().take(3) {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some((value, bytes.get(place + 1..)?));
        }
    }
    None
}

/// A token for the same index as the sample's first characters.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    let sample = token.strip_prefix(PREFIX)?;
    // The last character or two of an arbitrary text may be no whole byte.
    let whole = sample.trim_end_matches('=');
    let decoded = Decoded::from_base64(whole.get(..whole.len() / 4 * 4)?)?;
    let body = after_location(decoded.bytes())?;
    let start = decoded.bytes().get(..decoded.bytes().len() - body.len())?;
    let identifier = format!("{{\"version\": 1, \"id\": \"{}\"}}", random::text(random::ALPHANUMERIC, 22, random));
    let caveat =
        format!("{{\"version\": 1, \"permissions\": \"{}\"}}", random::text(b"abcdefghijklmnopqrstuvwxyz", 4, random));
    let mut bytes = start.to_vec();
    for text in [identifier, caveat] {
        bytes.extend([IDENTIFIER, u8::try_from(text.len()).ok()?]);
        bytes.extend(text.as_bytes());
        bytes.push(END);
    }
    bytes.extend([END, SIGNATURE, 32]);
    bytes.extend(random::bytes(32, random));
    Some(format!("{PREFIX}{}", to_base64_url(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(host: &str) -> String {
        let mut start = vec![VERSION, LOCATION, u8::try_from(host.len()).unwrap_or_default()];
        start.extend(host.as_bytes());
        start.extend([IDENTIFIER; 40]);
        format!("{PREFIX}{}", to_base64_url(&start))
    }

    #[test]
    fn the_beginning_is_the_documented_one() {
        // Version 2, location of eight bytes.
        assert!(sample("an.index").starts_with("pypi-AgEI"));
    }

    #[test]
    fn a_completed_token_parses_to_its_end_and_a_cut_one_does_not() {
        let mut random = random::fixed(19);
        for host in ["an.index", "test.an-index"] {
            let made = sample(host);
            assert_eq!(check(&made), Outcome::Doubtful);
            let whole = complete(&made, &mut random).unwrap_or_default();
            assert_eq!(check(&whole), Outcome::Fits);
            assert_eq!(check(&whole[..whole.len() - 8]), Outcome::Doubtful);
            assert_eq!(check(&format!("{whole}AAAA")), Outcome::Doubtful);
            assert_eq!(check(&whole[..12]), Outcome::Breaks);
        }
        assert_eq!(check(&format!("pypi-{}", "A".repeat(60))), Outcome::Breaks);
        assert_eq!(check("pypi-"), Outcome::Breaks);
    }
}
