//! Tokens in base32 with a checksum inside: seeds of NATS and the older tokens of Azure DevOps.
//!
//! Of neither has a real example been seen to agree, so a success proves the token and a failure proves nothing.
//!
//! A NATS seed is two bytes of kind, 32 bytes, and the CRC-16 of those, lowest byte first
//! (<https://github.com/nats-io/nkeys/blob/main/strkey.go>). An Azure DevOps token is 32 bytes, of which four, lowest first, are
//! the CRC-32 of the other 28 combined with a constant
//! (<https://github.com/microsoft/sarif-pattern-matcher>, the validator of SEC101/102).

use super::checksum::{Digits, crc32};

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Where the bytes of an Azure DevOps token's checksum stand, the lowest first.
const SCATTERED: [usize; 4] = [22, 8, 7, 2];
/// For a person's token, and for an application's secret.
const CONSTANTS: [u32; 2] = [0xe0b9_692d, 0x1019_f92e];

/// The last four characters of a NATS seed of 58.
pub(super) fn nats(token: &str) -> Option<Digits> {
    let bytes = decode::<36>(token, 58)?;
    let (body, _) = bytes.split_last_chunk::<2>()?;
    let right = encode(&[body, &crc16(body).to_le_bytes()].concat());
    Some(Digits::new(54..58, right.get(54..)?.to_owned()))
}

/// An Azure DevOps token of 52 characters as it ought to be. The checksum is spread over it, so all of it counts as check
/// digits; of the two kinds the one that fits is taken.
pub(super) fn azure_devops(token: &str) -> Option<Digits> {
    let bytes = decode::<32>(token, 52)?;
    let body: Vec<u8> =
        bytes.iter().enumerate().filter(|(place, _)| !SCATTERED.contains(place)).map(|(_, &byte)| byte).collect();
    let with = |constant: u32| {
        let mut right = bytes;
        let sum = (crc32(&body) ^ constant).to_le_bytes();
        SCATTERED.iter().zip(sum).for_each(|(&place, byte)| right[place] = byte);
        encode(&right).to_ascii_lowercase()
    };
    let [person, application] = CONSTANTS.map(with);
    Some(Digits::new(0..52, if token == application { application } else { person }))
}

/// CRC-16 as in XMODEM.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, &byte| {
        (0..8).fold(sum ^ u16::from(byte) << 8, |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 })
    })
}

/// The first `N` bytes of a text of that many characters, in either case. Bits that no byte uses are not looked at.
fn decode<const N: usize>(text: &str, characters: usize) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let (mut place, mut bits, mut count) = (0, 0_u32, 0);
    for digit in text.bytes().filter(|_| text.len() == characters) {
        let digit = digit.to_ascii_uppercase();
        let value = ALPHABET.iter().position(|&candidate| candidate == digit)?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            *bytes.get_mut(place)? = (bits >> count & 0xff) as u8;
            place += 1;
        }
        bits &= 0xff;
    }
    (place == N).then_some(bytes)
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    for group in bytes.chunks(5) {
        let bits = group.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte)) << (8 * (5 - group.len()));
        let characters = (group.len() * 8).div_ceil(5);
        text.extend((0..characters).map(|place| char::from(ALPHABET[(bits >> (35 - 5 * place) & 31) as usize])));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, Proof, random};
    use super::*;

    #[test]
    fn crc16_of_the_standard_check_text() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }

    #[test]
    fn vectors_of_rfc_4648() {
        for (plain, encoded) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ")] {
            assert_eq!(encode(plain.as_bytes()), encoded);
        }
        assert_eq!(decode::<6>("MZXW6YTBOI", 10), Some(*b"foobar"));
        assert_eq!(decode::<6>("mzxw6ytboi", 10), Some(*b"foobar"));
        assert_eq!(decode::<6>("MZXW6YTBO1", 10), None);
        assert_eq!(decode::<6>("MZXW6YTBOI", 11), None);
    }

    #[test]
    fn a_checksum_that_is_right_proves_a_token_and_a_wrong_one_proves_nothing() {
        let mut random = random::fixed(109);
        for (proof, alphabet, length) in
            [(Proof::NatsSeed, ALPHABET.to_vec(), 58), (Proof::AzureDevopsLegacy, ALPHABET.to_ascii_lowercase(), 52)]
        {
            let made = random::text(&alphabet, length, &mut random);
            assert_eq!(proof.check(&made, 0), Outcome::Silent);
            let whole = proof.complete(&made, &mut random);
            assert_eq!((proof.check(&whole, 0), whole.len()), (Outcome::Holds, length));
            for place in 0..length {
                let [first, second] = [alphabet[0], alphabet[1]].map(char::from);
                let other = if whole[place..].starts_with(first) { second } else { first };
                let wrong = format!("{}{other}{}", &whole[..place], &whole[place + 1..]);
                assert_eq!(proof.check(&wrong, 0), Outcome::Silent, "{} at {place}", proof.name());
            }
        }
    }

    #[test]
    fn the_secret_of_an_application_holds_too() {
        let made = "a".repeat(52);
        let bytes = decode::<32>(&made, 52).unwrap_or_default();
        let sum = (crc32(&bytes[4..]) ^ CONSTANTS[1]).to_le_bytes();
        let mut whole = bytes;
        SCATTERED.iter().zip(sum).for_each(|(&place, byte)| whole[place] = byte);
        let token = encode(&whole).to_ascii_lowercase();
        assert_eq!(Proof::AzureDevopsLegacy.check(&token, 0), Outcome::Holds);
    }
}
