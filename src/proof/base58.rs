//! Keys in base58: Bitcoin's private keys, and Artifactory's older API keys.
//!
//! A Bitcoin private key for import is the byte 0x80, 32 bytes, perhaps 0x01 for a compressed public key, and the first four
//! bytes of a double SHA-256 of all that (<https://en.bitcoin.it/wiki/Wallet_import_format>). A failure means an invented or
//! mistyped key. An Artifactory key is 54 bytes without a checksum, so another number of them is only doubtful.

use super::{Outcome, random};

const BITCOIN: u8 = 0x80;
/// Written with 51 characters, and with 52 behind the mark of a compressed public key.
const LENGTHS: [(usize, usize); 2] = [(51, 33), (52, 34)];
const COMPRESSED: u8 = 1;
const ARTIFACTORY: usize = 54;

/// Judges a Bitcoin private key.
pub(super) fn check_bitcoin(token: &str) -> Outcome {
    let Some((_, expected)) = LENGTHS.into_iter().find(|(length, _)| *length == token.len()) else {
        return Outcome::Silent;
    };
    match bs58::decode(token).with_check(Some(BITCOIN)).into_vec().map(super::Decoded::new) {
        Ok(key) if key.bytes().len() == expected => match (expected, key.bytes().last()) {
            (34, Some(&last)) if last != COMPRESSED => Outcome::Breaks,
            _ => Outcome::Holds,
        },
        _ => Outcome::Breaks,
    }
}

/// A key of random bytes with the sample's length.
pub(super) fn complete_bitcoin(token: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    LENGTHS.iter().find(|(length, _)| *length == token.len())?;
    let compressed = token.len() == 52;
    // The sample's first character may be one that only half of the keys begin with.
    let key = || {
        let mut bytes = vec![BITCOIN];
        bytes.extend(random::bytes(32, random));
        bytes.extend(compressed.then_some(COMPRESSED));
        bs58::encode(bytes).with_check().into_string()
    };
    std::iter::repeat_with(key).take(32).find(|key| key.get(..1) == token.get(..1))
}

/// Judges an Artifactory key, `AKCp` + 69.
pub(super) fn check_artifactory(token: &str) -> Outcome {
    if token.len() != 73 {
        return Outcome::Silent;
    }
    match bs58::decode(token).into_vec().map(super::Decoded::new) {
        Ok(key) if key.bytes().len() == ARTIFACTORY => Outcome::Fits,
        _ => Outcome::Doubtful,
    }
}

/// Replaces the characters that base58 does not have.
pub(super) fn complete_artifactory(token: &str) -> Option<String> {
    Some(
        token
            .chars()
            .map(|character| if matches!(character, '0' | 'O' | 'I' | 'l') { 'k' } else { character })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_that_the_wiki_explains_hold() {
        // The two forms of the page on the format, put together here.
        let plain = ["5HueCGU8", "rMjxEXxiPuD5", "BDku4MkFqeZy", "d4dZ1jvhTVqv", "bTLvyTJ"].concat();
        assert_eq!(check_bitcoin(&plain), Outcome::Holds);
        let compressed = ["KwdMAjGm", "erYanjeui5SH", "S7JkmpZvVipY", "vB2LJGU1ZxJw", "YvP98617"].concat();
        assert_eq!(check_bitcoin(&compressed), Outcome::Holds);
    }

    #[test]
    fn one_wrong_character_breaks_a_bitcoin_key_and_another_length_is_left_to_the_shape() {
        let mut random = random::fixed(107);
        for sample in [format!("5{}", "k".repeat(50)), format!("K{}", "k".repeat(51)), format!("L{}", "k".repeat(51))] {
            let key = complete_bitcoin(&sample, &mut random).unwrap_or_default();
            assert_eq!((check_bitcoin(&key), key.len()), (Outcome::Holds, sample.len()), "{sample}");
            for place in 0..key.len() {
                let other = if key[place..].starts_with('w') { 'x' } else { 'w' };
                let wrong = format!("{}{other}{}", &key[..place], &key[place + 1..]);
                assert_eq!(check_bitcoin(&wrong), Outcome::Breaks, "at {place}");
            }
            assert_eq!(check_bitcoin(&key[1..]), if key.len() == 52 { Outcome::Breaks } else { Outcome::Silent });
            assert_eq!(check_bitcoin(&format!("{key}{key}")), Outcome::Silent);
        }
        let mut other = vec![0x80];
        other.extend([7; 33]);
        assert_eq!(check_bitcoin(&bs58::encode(other).with_check().into_string()), Outcome::Breaks, "no mark");
    }

    #[test]
    fn artifactory_keys_are_54_bytes() {
        let key = complete_artifactory(&format!("AKCp{}", "0OIl8".repeat(14).get(..69).unwrap_or_default()));
        assert_eq!(key.as_deref().map(check_artifactory), Some(Outcome::Fits));
        assert_eq!(check_artifactory(&format!("AKCp{}", "0".repeat(69))), Outcome::Doubtful, "no base58");
        assert_eq!(check_artifactory("AKCp"), Outcome::Silent);
    }
}
