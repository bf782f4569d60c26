//! Secret keys in OpenPGP armour.
//!
//! The first packet must be a secret key or subkey (tags 5 and 7 of RFC 9580, section 5), and the checksum line, where
//! there is one, must be the CRC-24 of section 6.1: <https://www.rfc-editor.org/rfc/rfc9580>. Newer software leaves that
//! line out, and then nothing but the packet speaks for the key.

use super::Outcome;
use super::decoded::Decoded;
use super::private_key::Kind;
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

/// The kind of the first key: its public half stands before the octet that says how the secret half is protected.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let (&first, rest) = bytes.split_first()?;
    // Lengths of the old form take 1, 2 or 4 bytes by the last two bits of the tag, those of the new form by their first byte.
    let length = match (first >> 6, first & 3, rest.first()?) {
        (0b10, kind @ 0..=2, _) => 1 << kind,
        (0b11, _, 0..192) => 1,
        (0b11, _, 192..224) => 2,
        (0b11, _, 255) => 5,
        _ => return None,
    };
    let body = rest.get(length..)?;
    // Version, four bytes of date, algorithm; version 6 adds four bytes of length.
    let numbers = match body.first()? {
        4 => body.get(6..)?,
        6 => body.get(10..)?,
        _ => return None,
    };
    let (kind, rest) = match body.get(5)? {
        1..=3 => (Kind::new("RSA", number(numbers)?.0), after_numbers(numbers, 2)?),
        16 => (Kind::new("ElGamal", number(numbers)?.0), after_numbers(numbers, 3)?),
        17 => (Kind::new("DSA", number(numbers)?.0), after_numbers(numbers, 4)?),
        // A curve's number and a point; ECDH adds what it derives keys with.
        18 => (Kind::new("EC", None), after_text(after_numbers(after_text(numbers)?, 1)?)?),
        19 | 22 => (Kind::new("EC", None), after_numbers(after_text(numbers)?, 1)?),
        25 => (Kind::new("X25519", None), numbers.get(32..)?),
        26 => (Kind::new("X448", None), numbers.get(56..)?),
        27 => (Kind::new("Ed25519", None), numbers.get(32..)?),
        28 => (Kind::new("Ed448", None), numbers.get(57..)?),
        _ => return None,
    };
    Some(Kind { encrypted: *rest.first()? != 0, ..kind })
}

/// A number's size in bits, and what follows it (RFC 9580, section 3.2).
fn number(bytes: &[u8]) -> Option<(Option<u32>, &[u8])> {
    let (bits, rest) = bytes.split_first_chunk::<2>()?;
    let bits = u16::from_be_bytes(*bits);
    Some((Some(bits.into()), rest.get(usize::from(bits).div_ceil(8)..)?))
}

fn after_numbers(bytes: &[u8], count: usize) -> Option<&[u8]> {
    (0..count).try_fold(bytes, |rest, _| Some(number(rest)?.1))
}

fn after_text(bytes: &[u8]) -> Option<&[u8]> {
    let (&length, rest) = bytes.split_first()?;
    rest.get(usize::from(length)..)
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

/// One secret key packet for samples: version 4, RSA of 2048 bits, no password, random numbers.
pub(super) fn key(random: &mut impl FnMut() -> u64) -> Vec<u8> {
    let mut modulus = random::bytes(256, random);
    modulus[0] |= 0x80;
    let exponent = [0, 17, 1, 0, 1];
    let secret = random::bytes(400, random);
    let body = [&[4, 0x68, 0, 0, 0, 1, 0x08, 0x00][..], &modulus, &exponent, &[0], &secret].concat();
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

    #[test]
    fn a_key_tells_its_kind_and_whether_a_password_protects_it() {
        let whole = key(&mut random::fixed(43));
        assert_eq!(kind(&whole), Some(Kind::new("RSA", Some(2048))));
        // Behind the header of three bytes, six bytes, and two numbers of 256 and 3 bytes.
        let mut protected = whole.clone();
        protected[3 + 6 + 258 + 5] = 254;
        assert_eq!(kind(&protected), Some(Kind { encrypted: true, ..Kind::new("RSA", Some(2048)) }));
        // The curve of Ed25519 by its number, a point of 263 bits, and a new header.
        let curve = [9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f, 1];
        let body = [&[4, 0, 0, 0, 0, 22][..], &curve, &[1, 7, 0x40], &[5; 32], &[0], &[0; 34]].concat();
        let packet = [&[0xc5, u8::try_from(body.len()).unwrap_or_default()][..], &body].concat();
        assert_eq!(kind(&packet), Some(Kind::new("EC", None)));
        for end in 0..60 {
            assert_eq!(kind(&whole[..end]), None);
        }
    }
}
