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
    /// The stretches of `text` that stand in the original in one piece, or for one character or escape of it, in their order; the last
    /// is empty and stands at the end of both.
    stretches: Vec<Stretch>,
}

/// Where a stretch begins in a view and in the original. Texts are far shorter than four gigabytes.
struct Stretch {
    here: u32,
    original: u32,
}

impl View {
    /// The folded view; none when folding changes nothing, which is nearly always.
    #[must_use]
    pub fn folded(text: &str) -> Option<Self> {
        if !folds(text) {
            return None;
        }
        let mut view = Self::with_room_for(text);
        let mut plain = 0;
        for (at, original) in others(text) {
            let folded = fold(original);
            if folded != Some(original) {
                view.push(text, plain..at);
                plain = at + original.len_utf8();
                folded.into_iter().for_each(|character| view.push_character(at, character));
            }
        }
        view.push(text, plain..text.len());
        Some(view.ended(text))
    }

    /// The text with the escapes of addresses (`%5F`), of HTML (`&#95;`, `&#x5f;`) and of strings in code (`\\x5f`, `\\u005f`)
    /// undone, where they stand for a printable ASCII character; none when there are no such escapes. Tokens are ASCII, and
    /// an escape for anything else ends one.
    #[must_use]
    pub fn unescaped(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut next = next_escape(bytes, 0)?;
        let mut view = Self::with_room_for(text);
        let mut plain = 0;
        loop {
            let (at, character, length) = next;
            view.push(text, plain..at);
            view.push_character(at, character);
            plain = at + length;
            match next_escape(bytes, plain) {
                Some(found) => next = found,
                None => break,
            }
        }
        view.push(text, plain..text.len());
        Some(view.ended(text))
    }

    /// With room for all of the text, so that growing leaves no copy behind.
    fn with_room_for(text: &str) -> Self {
        Self { text: Zeroizing::new(String::with_capacity(text.len())), stretches: Vec::new() }
    }

    fn ended(mut self, text: &str) -> Self {
        self.begin(text.len());
        self
    }

    fn begin(&mut self, original: usize) {
        self.stretches.push(Stretch { here: self.text.len() as u32, original: original as u32 });
    }

    /// Takes over a character in place of another one, or of an escape, that begins at a place of the original.
    fn push_character(&mut self, at: usize, character: char) {
        self.begin(at);
        self.text.push(character);
    }

    /// Takes over a stretch of the original as it is.
    fn push(&mut self, text: &str, stretch: Range<usize>) {
        if !stretch.is_empty() {
            self.begin(stretch.start);
            self.text.push_str(&text[stretch]);
        }
    }

    /// The changed text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the view differs from the original: the byte behind which, or in which, it does, and the same in the original.
    pub fn changes(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let begins = std::iter::once(&Stretch { here: 0, original: 0 }).chain(&self.stretches);
        begins.zip(&self.stretches).filter_map(|(begin, end)| {
            let (here, original) =
                (begin.here as usize..end.here as usize, begin.original as usize..end.original as usize);
            let last = here.len().saturating_sub(1);
            // A character in place of another one has its own stretch; what is left out stands behind one.
            (here.len() != original.len()).then(|| (here.start + last..here.end, original.start + last..original.end))
        })
    }

    /// Where a place of the original stands in this view.
    pub fn place(&self, original: usize) -> usize {
        let behind = self.stretches.partition_point(|stretch| stretch.original as usize <= original);
        let begin = behind.checked_sub(1).map_or(0..0, |last| {
            let Stretch { here, original } = self.stretches[last];
            here as usize..original as usize
        });
        let end = self.stretches.get(behind).map_or(self.text.len(), |next| next.here as usize);
        (begin.start + original.saturating_sub(begin.end)).min(end)
    }

    /// Where a stretch of this view stands in the original text.
    #[must_use]
    pub fn origin(&self, stretch: Range<usize>) -> Range<usize> {
        // A character that took the place of another one, or of an escape, is one byte and a stretch of its own, so what follows it
        // ends it.
        let original = |at: usize| {
            let at = at.min(self.text.len());
            let behind = self.stretches.partition_point(|stretch| stretch.here as usize <= at);
            behind.checked_sub(1).map_or(0, |last| {
                let Stretch { here, original } = self.stretches[last];
                original as usize + at - here as usize
            })
        };
        original(stretch.start)..original(stretch.end)
    }

    /// Moves a finding in this view to its place in the original text.
    #[must_use]
    pub fn back<'r>(&self, finding: Finding<'r>) -> Finding<'r> {
        Finding { span: self.origin(finding.span.clone()), secret: self.origin(finding.secret.clone()), ..finding }
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

/// Whether every view of a text is the text itself.
pub fn is_plain(text: &str) -> bool {
    !folds(text) && next_escape(text.as_bytes(), 0).is_none()
}

/// Whether the folded view of a text is another one.
fn folds(text: &str) -> bool {
    !text.is_ascii() && others(text).any(|(_, character)| fold(character) != Some(character))
}

/// Whether an escape may begin with it.
pub(crate) const fn begins_escape(unit: u16) -> bool {
    matches!(unit, 0x25 | 0x26 | 0x5c)
}

/// The characters that are not ASCII, and where they stand. What is ASCII is passed over many bytes at once.
fn others(text: &str) -> impl Iterator<Item = (usize, char)> {
    const BLOCK: usize = 32;
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // In most scripts the next one follows at once.
        if bytes.get(at)?.is_ascii() {
            let (blocks, _) = bytes[at..].as_chunks::<BLOCK>();
            at += blocks.iter().take_while(|block| block.is_ascii()).count() * BLOCK;
            at += bytes[at..].iter().position(|byte| !byte.is_ascii())?;
        }
        let (start, character) = (at, text[at..].chars().next()?);
        at += character.len_utf8();
        Some((start, character))
    })
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
    memchr::memchr3_iter(b'%', b'&', b'\\', bytes.get(from..)?).find_map(|behind| {
        let at = from + behind;
        let (character, length) = escape(&bytes[at..])?;
        Some((at, character, length))
    })
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
