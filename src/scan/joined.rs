//! Tokens that are cut in pieces: wrapped at the end of a line, put together from two strings, spaced out, printed in bold.
//!
//! The pieces are put together only behind the beginning of a token with check digits, and count only if those are right:
//! anything less would find a token in any two words that stand side by side.

use std::ops::Range;

use zeroize::Zeroizing;

use super::boundary::has;
use crate::rules::Rule;

/// Bytes of the longest token that is put together.
const LONGEST_TOKEN: usize = 256;
/// Bytes in a row that may stand between two pieces: a quote, a sign, a line break and an indentation.
pub(crate) const LONGEST_GAP: usize = 24;
/// Bytes that all of it takes up, at most.
#[cfg(feature = "sample")]
pub const LONGEST: usize = LONGEST_TOKEN * (LONGEST_GAP + 1);

/// A token without what stood between its pieces.
pub struct Joined {
    /// Wiped when it is dropped.
    pub text: Zeroizing<String>,
    /// For each byte where it stood.
    origin: Vec<usize>,
}

impl Joined {
    /// The token that may begin at `start` and whose first piece ends at `first`; none where nothing stands between its pieces, or
    /// where what could stand there could also belong to the token. And the end of what was read.
    pub fn at(rule: &Rule, text: &[u8], start: usize, first: usize) -> (Option<Joined>, usize) {
        let goes_on = first - start < LONGEST_TOKEN && text.get(first).is_some_and(|&byte| parts(byte));
        if !goes_on || PARTS.iter().any(|&part| has(rule.tail, part)) {
            return (None, first + 1);
        }
        let mut joined = Joined { text: Zeroizing::new(String::with_capacity(LONGEST_TOKEN)), origin: Vec::new() };
        let mut gap = 0;
        let mut gaps = false;
        let mut end = first;
        for (offset, &byte) in text.get(start..).unwrap_or_default().iter().enumerate() {
            end = start + offset + 1;
            let is_prefix = joined.text.len() < rule.prefix && byte.is_ascii_graphic();
            if is_prefix || belongs(rule, byte) {
                gaps |= gap > 0;
                gap = 0;
                joined.text.push(char::from(byte));
                joined.origin.push(start + offset);
            } else if parts(byte) {
                gap += 1;
            } else {
                break;
            }
            if gap > LONGEST_GAP || joined.text.len() == LONGEST_TOKEN {
                break;
            }
        }
        (gaps.then_some(joined), end)
    }

    /// Where the first bytes of the token stood, with all that was between them.
    pub fn span(&self, length: usize) -> Option<Range<usize>> {
        Some(*self.origin.first()?..self.origin.get(length.checked_sub(1)?)? + 1)
    }
}

/// Whether a character belongs to a token behind its prefix.
pub fn belongs(rule: &Rule, byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || (byte.is_ascii_graphic() && has(rule.tail, byte))
}

/// What stands between pieces, besides white space. The tripwire removes the same.
pub(crate) const PARTS: &[u8] = b"\"'`+*\\";

fn parts(byte: u8) -> bool {
    byte.is_ascii_whitespace() || PARTS.contains(&byte)
}
