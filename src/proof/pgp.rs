//! Secret keys in OpenPGP armour.
//!
//! The first packet must be a secret key or subkey (tags 5 and 7 of RFC 9580, section 5), and the checksum line, where
//! there is one, must be the CRC-24 of section 6.1: <https://www.rfc-editor.org/rfc/rfc9580>. Newer software leaves that
//! line out, and then nothing but the packet speaks for the key.

use super::Outcome;
use super::decoded::Decoded;
use super::random;

/// Judges the bytes of the armour with the four characters of its checksum, if any.
pub(super) fn check(bytes: &[u8], checksum: Option<&str>) -> Outcome {
    if !begins_with_secret_key(bytes) {
        return Outcome::Breaks;
    }
    let Some(checksum) = checksum else { return Outcome::Fits };
    let expected = crc24(bytes).to_be_bytes();
    let right = Decoded::from_base64(checksum).is_some_and(|found| Some(found.bytes()) == expected.get(1..));
    if right { Outcome::Holds } else { Outcome::Breaks }
}

fn begins_with_secret_key(bytes: &[u8]) -> bool {
    let Some(&first) = bytes.first() else { return false };
    let tag = match first >> 6 {
        0b11 => first & 0x3f,
        0b10 => first >> 2 & 0x0f,
        _ => return false,
    };
    // A packet of fewer bytes holds no key.
    matches!(tag, 5 | 7) && bytes.len() >= 32
}

/// CRC-24 with OpenPGP's polynomial and first value.
pub(super) fn crc24(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x00b7_04ce, |sum, &byte| {
        let mut sum = sum ^ u32::from(byte) << 16;
        for _ in 0..8 {
            sum <<= 1;
            if sum & 0x0100_0000 != 0 {
                sum ^= 0x0186_4cfb;
            }
        }
        sum
    })
}

/// One secret key packet for samples: version 4, an algorithm, random numbers.
pub(super) fn key(random: &mut impl FnMut() -> u64) -> Vec<u8> {
    let body = [&[4, 0x68, 0, 0, 0, 1][..], &random::bytes(590, random)].concat();
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[0x95], &length[..], &body].concat()
}

#[cfg(test)]
mod tests {
    use super::super::decoded::to_base64;
    use super::*;

    #[test]
    fn crc24_of_the_standard_check_text() {
        assert_eq!(crc24(b"123456789"), 0x0021_cf02);
    }

    #[test]
    fn the_checksum_decides_where_there_is_one() {
        let whole = key(&mut random::fixed(41));
        let checksum = to_base64(&crc24(&whole).to_be_bytes()[1..]);
        assert_eq!(check(&whole, Some(&checksum)), Outcome::Holds);
        assert_eq!(check(&whole, Some("AAAA")), Outcome::Breaks);
        assert_eq!(check(&whole, None), Outcome::Fits);
        assert_eq!(check(&whole[1..], None), Outcome::Breaks);
        assert_eq!(check(&[], None), Outcome::Breaks);
    }
}
