//! Identities of the age encryption tool: bech32 with a checksum.
//!
//! `AGE-SECRET-KEY-1` + 58 characters, upper case, of which the last six are the checksum of BIP-173 (bech32, not the later
//! bech32m): <https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki>, <https://github.com/C2SP/C2SP/blob/main/age.md>.
//! The post-quantum identities have a longer human-readable part and the same length after it. A failure means an
//! invented or mistyped identity.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};

use super::{Outcome, random};

/// 32 bytes are 52 characters, and the checksum has six.
const DATA: usize = 58;

/// Judges an identity.
pub(super) fn check(token: &str) -> Outcome {
    match token.rsplit_once('1') {
        Some((part, data)) if is_identity(part) && data.len() == DATA => {}
        _ => return Outcome::Silent,
    }
    match CheckedHrpstring::new::<Bech32>(token) {
        Ok(_) => Outcome::Holds,
        Err(_) => Outcome::Breaks,
    }
}

/// An identity of random bytes with the sample's human-readable part.
pub(super) fn complete(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    // A sample's random part may hold the separator, which no real identity does.
    let (part, _) = token.split_once('1').filter(|(part, _)| is_identity(part))?;
    let part = Hrp::parse(part).ok()?;
    let bytes = random::bytes(32, random);
    let lower = token.bytes().any(|byte| byte.is_ascii_lowercase());
    let encoded =
        if lower { bech32::encode_lower::<Bech32>(part, &bytes) } else { bech32::encode_upper::<Bech32>(part, &bytes) };
    encoded.ok()
}

fn is_identity(part: &str) -> bool {
    part.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("AGE-SECRET-KEY-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_bip_173() {
        let valid = ["A12UEL5L", "a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "?1ezyfcl"];
        for text in valid {
            assert!(CheckedHrpstring::new::<Bech32>(text).is_ok(), "{text}");
        }
        // The first is bech32m (BIP-350); the second mixes cases; the third has a wrong checksum.
        for text in ["A1LQFN3A", "A12UEL5l", "A12UEL5Q"] {
            assert!(CheckedHrpstring::new::<Bech32>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_changed_character_breaks_an_identity() {
        let mut random = random::fixed(11);
        for part in ["AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"] {
            let identity = complete(&format!("{part}{}", "Q".repeat(DATA)), &mut random).unwrap_or_default();
            assert_eq!(identity.len(), part.len() + DATA);
            assert_eq!(check(&identity), Outcome::Holds);
            let last = identity.chars().last().unwrap_or_default();
            let other = if last == 'Q' { "P" } else { "Q" };
            assert_eq!(check(&format!("{}{other}", &identity[..identity.len() - 1])), Outcome::Breaks);
            assert_eq!(check(&identity[..identity.len() - 1]), Outcome::Silent);
        }
    }
}
