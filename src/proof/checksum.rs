//! Check digits: a run of characters in a token that is computed from the others.
//!
//! Every checksum proof is one function that says where the digits stand and what they ought to be. Checking compares,
//! completing writes them; so the sample generator and the proof cannot drift apart.

use std::ops::Range;

/// `0-9A-Za-z`, the order that GitHub, npm, Vercel and Azure use.
pub(super) const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The check digits that a token ought to carry. They are compared without regard to case if they are hexadecimal,
/// since case carries nothing there.
pub(super) struct Digits {
    at: Range<usize>,
    expected: String,
    hexadecimal: bool,
}

impl Digits {
    /// Digits whose case matters.
    pub(super) fn new(at: Range<usize>, expected: String) -> Digits {
        Digits { at, expected, hexadecimal: false }
    }

    /// Hexadecimal digits; `expected` is in the case that the provider writes.
    pub(super) fn hexadecimal(at: Range<usize>, expected: String) -> Digits {
        Digits { at, expected, hexadecimal: true }
    }

    /// Whether the token carries the digits that it ought to.
    pub(super) fn stand_in(&self, token: &str) -> bool {
        match token.get(self.at.clone()) {
            Some(found) if self.hexadecimal => found.eq_ignore_ascii_case(&self.expected),
            Some(found) => found == self.expected,
            None => false,
        }
    }

    /// The token with the right digits.
    pub(super) fn put_into(&self, token: &str) -> String {
        match (token.get(..self.at.start), token.get(self.at.end..)) {
            (Some(before), Some(after)) => format!("{before}{}{after}", self.expected),
            _ => token.to_owned(),
        }
    }
}

/// CRC-32 as in zlib: polynomial of IEEE 802.3, reflected. Four bits at a time: what is summed is a few dozen bytes, and the
/// tables by which `crc32fast` sums megabytes would be a fifteenth of what the WebAssembly module weighs.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = {
        let mut table = [0; 16];
        let mut four = 0;
        while four < table.len() {
            let (mut sum, mut bit) = (four as u32, 0);
            while bit < 4 {
                sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
                bit += 1;
            }
            table[four] = sum;
            four += 1;
        }
        table
    };
    let next = |sum: u32| TABLE[(sum & 15) as usize] ^ sum >> 4;
    !bytes.iter().fold(!0, |sum, &byte| next(next(sum ^ u32::from(byte))))
}

/// `value` in the base of the alphabet's length, most significant digit first, padded on the left to `width`.
pub(super) fn padded(value: u32, alphabet: &[u8], width: usize) -> String {
    let digits = digits(value, alphabet);
    let zero = alphabet.first().map_or('0', |&digit| char::from(digit));
    let padding = width.saturating_sub(digits.len());
    std::iter::repeat_n(zero, padding).chain(digits.chars()).collect()
}

/// `value` in the base of the alphabet's length, most significant digit first, without padding. Zero has one digit.
pub(super) fn digits(mut value: u32, alphabet: &[u8]) -> String {
    let base = u32::try_from(alphabet.len()).unwrap_or(u32::MAX).max(2);
    let mut reversed = Vec::new();
    loop {
        let digit = usize::try_from(value % base).unwrap_or(0);
        reversed.push(alphabet.get(digit).copied().map_or('0', char::from));
        value /= base;
        if value == 0 {
            break;
        }
    }
    reversed.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc32_of_the_standard_check_text() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let bytes: Vec<u8> = (0..=u8::MAX).rev().collect();
        (0..bytes.len()).for_each(|from| assert_eq!(crc32(&bytes[from..]), crc32fast::hash(&bytes[from..])));
    }

    #[test]
    fn numbers_are_written_most_significant_digit_first() {
        assert_eq!(padded(0, BASE62, 6), "000000");
        assert_eq!(padded(61, BASE62, 6), "00000z");
        assert_eq!(padded(62, BASE62, 6), "000010");
        assert_eq!(padded(u32::MAX, BASE62, 6), "4gfFC3");
        assert_eq!(digits(0, BASE62), "0");
        assert_eq!(digits(36 * 36, b"0123456789abcdefghijklmnopqrstuvwxyz"), "100");
    }

    #[test]
    fn hexadecimal_digits_are_compared_without_case() {
        assert!(Digits::hexadecimal(1..3, "AB".into()).stand_in("xab"));
        assert!(!Digits::new(1..3, "AB".into()).stand_in("xab"));
        assert_eq!(Digits::new(1..3, "AB".into()).put_into("xabz"), "xABz");
    }
}
