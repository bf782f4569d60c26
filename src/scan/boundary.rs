//! Whether a match is a whole token or a piece of something longer.
//!
//! Patterns say what a token is made of; where it begins and ends is the same question for all of them and is answered here.
//! A character that could belong to the token must not stand beside it. Escapes are the exception: in `\nghp_…`, `%3Dghp_…`
//! the letter before the token belongs to the escape.

use std::ops::Range;

use crate::proof::Proof;
use crate::rules::Rule;

/// How a match sits at its left end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Nothing before it could belong to it.
    Free,
    /// It begins inside a longer run of token characters.
    Inside,
}

/// The left end of a match at `start`.
pub fn left(rule: &Rule, text: &[u8], start: usize) -> Fit {
    let Some(&before) = start.checked_sub(1).and_then(|at| text.get(at)) else { return Fit::Free };
    // Base64 has a plus in the middle of a run; what puts two strings together in code has quotes or spaces beside its plus.
    let in_base64 = before == b'+' && start >= 2 && text[start - 2].is_ascii_alphanumeric();
    match (joins(before, rule.head) || in_base64) && !is_escape(text, start) {
        true => Fit::Inside,
        false => Fit::Free,
    }
}

/// Whether a context word is a word where it stands and not a piece of others, like `okta` in `rookTable` or `sumo` in
/// `sumOfAll`: what comes before is no letter, or the word begins with a capital, as in `myToken` and `ETSYToken`; and its last
/// letter is not the capital of the next word.
pub fn is_word(text: &[u8], place: &Range<usize>) -> bool {
    let at = |index: usize| text.get(index).copied().filter(u8::is_ascii_alphabetic);
    let small = |index: usize| at(index).is_some_and(|byte| byte.is_ascii_lowercase());
    let large = |index: usize| at(index).is_some_and(|byte| byte.is_ascii_uppercase());
    let Range { start, end } = *place;
    let ends = !(large(end - 1) && small(end) && end >= 2 && small(end - 2));
    let begins = match start.checked_sub(1) {
        Some(before) if at(before).is_some() && at(start).is_some() => {
            large(start) && (small(before) || small(start + 1))
        }
        _ => true,
    };
    begins && ends
}

/// Whether a literal of a rule is of use only where a token can begin. A token inside a longer run of its characters counts
/// only if its proof holds.
pub fn begins_word(rule: &Rule) -> bool {
    rule.offset == (0, 0) && !counts_inside(rule) && !rule.has_check_digits()
}

/// Whether a match that begins inside a longer run can still be a finding.
pub fn counts_inside(rule: &Rule) -> bool {
    !rule.unbounded && rule.prefix > 0 && rule.proof.is_some_and(Proof::can_hold)
}

/// Whether what follows the token is a mask: somebody has blotted it out from here on. Behind white space that the shape took in
/// stands the next word; and of several lines the others are still in clear.
pub fn is_masked_behind(text: &[u8], token: Range<usize>) -> bool {
    const LEAST: usize = 3;
    let end = token.end;
    let clear = text.get(token).unwrap_or_default();
    if clear.contains(&b'\n') || clear.last().is_some_and(u8::is_ascii_whitespace) {
        return false;
    }
    let rest = text.get(end..).unwrap_or_default();
    let marks = |mark: &[u8]| rest.chunks(mark.len()).take(LEAST).filter(|&chunk| chunk == mark).count();
    ["*", "#", ".", "\u{2022}"].iter().any(|mark| marks(mark.as_bytes()) == LEAST)
        || rest.starts_with("\u{2026}".as_bytes())
}

/// Whether a value of this rule can begin at `start`: nearly everywhere in a text the answer is no, at the price of a look at
/// one or two bytes.
pub fn begins(rule: &Rule, text: &[u8], start: usize) -> bool {
    let possible = text.get(start).is_some_and(|&byte| rule.head == 0 || !byte.is_ascii() || has(rule.head, byte));
    possible && left(rule, text, start) == Fit::Free
}

/// Whether the token goes on at `end`, behind what its pattern allows.
pub fn goes_on(rule: &Rule, text: &[u8], end: usize) -> bool {
    text.get(end).is_some_and(|&after| joins(after, rule.tail))
}

/// Whether a character beside a token of this class could belong to it.
pub fn joins(byte: u8, class: u128) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || has(class, byte)
}

/// Whether an ASCII set has a byte. WebAssembly has no instruction that shifts 128 bits.
pub fn has(set: u128, byte: u8) -> bool {
    let half = if byte < 64 { set as u64 } else { (set >> 64) as u64 };
    byte.is_ascii() && half >> (byte & 63) & 1 == 1
}

/// Whether the characters before `start` are `\n`, `\t`, `\r` or a percent escape such as `%3D`.
fn is_escape(text: &[u8], start: usize) -> bool {
    match text.get(..start) {
        Some([.., b'\\', b'n' | b't' | b'r']) => true,
        Some([.., b'%', high, low]) => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        _ => false,
    }
}
