//! The text as a reader sees it: without invisible characters, with look-alikes as the letters they stand for, and with
//! escapes undone.
//!
//! A key that was copied from a web page, a chat or a PDF file often carries zero-width characters or fullwidth forms, and one
//! from an address, from HTML or from code has some of its characters written by their numbers; a page that wants to evade
//! scanners uses the same means. A view maps every byte back to the original text, so that a finding covers every original
//! character.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{DEEPEST, Finding};

/// Characters that take no room: they vanish in the folded view.
pub(crate) const INVISIBLE: &[char] =
    &['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{fe0f}', '\u{feff}'];

/// Letters of other scripts that look like the Latin letters in the prefixes of known tokens.
pub(crate) const LOOKALIKES: &[(char, char)] = &[
    ('а', 'a'),
    ('с', 'c'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ԁ', 'd'),
    ('ո', 'n'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('х', 'x'),
    ('у', 'y'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('І', 'I'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Ѕ', 'S'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('Α', 'A'),
    ('Κ', 'K'),
];

/// First and last fullwidth form of a printable ASCII character, and their distance from it.
pub(crate) const FULLWIDTH: (char, char, u32) = ('\u{ff01}', '\u{ff5e}', 0xfee0);

/// A changed text that knows where each of its bytes came from.
pub struct View {
    /// Wiped when the view is dropped: it holds what the original holds.
    text: Zeroizing<String>,
    /// For each byte of `text` the offset of its character in the original, and at the end the original's length. Texts are far
    /// shorter than four gigabytes.
    origin: Vec<u32>,
}

impl View {
    /// The folded view; none when folding changes nothing, which is nearly always.
    #[must_use]
    pub fn folded(text: &str) -> Option<Self> {
        if text.is_ascii() || !text.chars().any(|c| !c.is_ascii() && fold(c) != Some(c)) {
            return None;
        }
        // With room for all of it, so that growing leaves no copy behind.
        let text_of_view = Zeroizing::new(String::with_capacity(text.len()));
        let mut view = Self { text: text_of_view, origin: Vec::with_capacity(text.len() + 1) };
        for (at, original) in text.char_indices() {
            if let Some(c) = fold(original) {
                view.text.push(c);
                view.origin.resize(view.text.len(), at as u32);
            }
        }
        view.origin.push(text.len() as u32);
        Some(view)
    }

    /// The text with the escapes of addresses (`%5F`), of HTML (`&#95;`, `&#x5f;`) and of strings in code (`\\x5f`, `\\u005f`)
    /// undone, where they stand for a printable ASCII character; none when there are no such escapes. Tokens are ASCII, and
    /// an escape for anything else ends one.
    #[must_use]
    pub fn unescaped(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut next = next_escape(bytes, 0)?;
        let mut view = Self {
            text: Zeroizing::new(String::with_capacity(text.len())),
            origin: Vec::with_capacity(text.len() + 1),
        };
        let mut plain = 0;
        loop {
            let (at, character, length) = next;
            view.push(text, plain..at);
            view.text.push(character);
            view.origin.push(at as u32);
            plain = at + length;
            match next_escape(bytes, plain) {
                Some(found) => next = found,
                None => break,
            }
        }
        view.push(text, plain..text.len());
        view.origin.push(text.len() as u32);
        Some(view)
    }

    /// Takes over a stretch of the original as it is.
    fn push(&mut self, text: &str, stretch: Range<usize>) {
        let piece = &text[stretch.clone()];
        if piece.is_ascii() {
            self.text.push_str(piece);
            self.origin.extend(stretch.start as u32..stretch.end as u32);
            return;
        }
        for (offset, character) in piece.char_indices() {
            self.text.push(character);
            self.origin.resize(self.text.len(), (stretch.start + offset) as u32);
        }
    }

    /// The changed text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of this view stands in the original text.
    #[must_use]
    pub fn origin(&self, stretch: Range<usize>) -> Range<usize> {
        let last = self.origin.len() - 1;
        let original = |at: usize| self.origin[at.min(last)] as usize;
        original(stretch.start)..original(stretch.end)
    }

    /// Moves a finding in this view to its place in the original text.
    #[must_use]
    pub fn back<'r>(&self, finding: Finding<'r>) -> Finding<'r> {
        let original = |at: usize| self.origin.get(at).map_or(0, |&at| at as usize);
        let end = |span: &Range<usize>| match span.end.checked_sub(1) {
            // The end is where the last character ends, not where the next visible one begins.
            Some(last) if span.end > span.start => {
                let from = original(last);
                self.origin[last..].iter().map(|&at| at as usize).find(|&at| at > from).unwrap_or(from)
            }
            _ => original(span.end),
        };
        Finding {
            span: original(finding.span.start)..end(&finding.span),
            secret: original(finding.secret.start)..end(&finding.secret),
            ..finding
        }
    }
}

/// How many escapes stand in a text: in it, in what is left when they are undone, and so on.
#[must_use]
pub fn escapes(text: &str) -> [usize; DEEPEST] {
    let mut counts = [0; DEEPEST];
    let mut view: Option<View> = None;
    for count in &mut counts {
        let text = view.as_ref().map_or(text, View::text);
        let mut at = 0;
        while let Some((found, _, length)) = next_escape(text.as_bytes(), at) {
            *count += 1;
            at = found + length;
        }
        if *count == 0 {
            break;
        }
        view = View::unescaped(text);
    }
    counts
}

/// Whether an escape may begin with it.
pub(crate) const fn begins_escape(unit: u16) -> bool {
    matches!(unit, 0x25 | 0x26 | 0x5c)
}

/// What a character looks like; none when it takes no room.
fn fold(c: char) -> Option<char> {
    let (first, last, distance) = FULLWIDTH;
    match c {
        _ if c.is_ascii() => Some(c),
        _ if INVISIBLE.contains(&c) => None,
        _ if (first..=last).contains(&c) => char::from_u32(u32::from(c) - distance),
        _ => Some(LOOKALIKES.iter().find(|&&(like, _)| like == c).map_or(c, |&(_, latin)| latin)),
    }
}

/// The next escape from a place on: where it begins, what it stands for, and its length.
fn next_escape(bytes: &[u8], from: usize) -> Option<(usize, char, usize)> {
    const BLOCK: usize = 32;
    let begins = |byte: u8| matches!(byte, b'%' | b'&' | b'\\');
    let mut at = from;
    loop {
        // Blocks without a branch for each byte are compared many bytes at once.
        let (blocks, _) = bytes[at..].as_chunks::<BLOCK>();
        let without = |block: &&[u8; BLOCK]| !block.iter().fold(false, |any, &byte| any | begins(byte));
        at += blocks.iter().take_while(without).count() * BLOCK;
        at += bytes[at..].iter().position(|&byte| begins(byte))?;
        if let Some((character, length)) = escape(&bytes[at..]) {
            return Some((at, character, length));
        }
        at += 1;
    }
}

/// The printable ASCII character that an escape at the beginning of `bytes` stands for, and the length of the escape.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let number = |start: usize, most: usize, radix: u32| {
        let digits =
            bytes.get(start..)?.iter().take(most).take_while(|&&byte| char::from(byte).is_digit(radix)).count();
        let text = std::str::from_utf8(&bytes[start..start + digits]).ok()?;
        Some((u32::from_str_radix(text, radix).ok()?, start + digits))
    };
    let (code, end) = match bytes {
        [b'%', ..] => number(1, 2, 16).filter(|&(_, end)| end == 3)?,
        [b'&', b'#', b'x' | b'X', ..] => number(3, 6, 16)?,
        [b'&', b'#', ..] => number(2, 7, 10)?,
        [b'\\', b'x', ..] => number(2, 2, 16).filter(|&(_, end)| end == 4)?,
        [b'\\', b'u', ..] => number(2, 4, 16).filter(|&(_, end)| end == 6)?,
        _ => return None,
    };
    let character = char::from_u32(code).filter(|character| matches!(character, ' '..='~'))?;
    let semicolon = usize::from(bytes[0] == b'&' && bytes.get(end) == Some(&b';'));
    Some((character, end + semicolon))
}
