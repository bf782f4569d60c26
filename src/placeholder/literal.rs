//! The string literal that a secret stands in, as far as one line tells it.

use std::ops::Range;

/// A literal, in bytes of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Literal<'a> {
    /// The letters or signs that belong to its opening quote: `f`, `$`, `@`.
    pub prefix: &'a str,
    pub quote: char,
    /// Where the opening quote stands.
    pub open: usize,
    /// Where the closing quote stands.
    pub close: usize,
}

impl Literal<'_> {
    /// Whether the secret is all of it.
    pub(super) fn is_only(&self, secret: &Range<usize>) -> bool {
        self.begins_with(secret) && self.ends_with(secret)
    }

    pub(super) fn begins_with(&self, secret: &Range<usize>) -> bool {
        self.open + 1 == secret.start
    }

    pub(super) fn ends_with(&self, secret: &Range<usize>) -> bool {
        self.close == secret.end
    }
}

/// The literal around the secret, in bytes of the line; none for one that goes on in other lines, or three quotes at once.
pub(super) fn around<'a>(line: &'a str, secret: &Range<usize>) -> Option<Literal<'a>> {
    let mut open: Option<(usize, char)> = None;
    let mut chars = line.char_indices();
    while let Some((at, char)) = chars.next() {
        if at >= secret.start {
            break;
        }
        match open {
            // In some languages a backslash is a character like any other in a literal; there, one before a quote is seldom.
            Some(_) if char == '\\' => {
                chars.next();
            }
            Some((_, quote)) if char == quote => open = None,
            None if matches!(char, '"' | '`') || (char == '\'' && !is_apostrophe(&line[..at])) => {
                open = Some((at, char))
            }
            _ => {}
        }
    }
    let (open, quote) = open?;
    let close = closing(line.get(secret.end..)?, quote)? + secret.end;
    let triple = line[..open].ends_with(quote) || line[close + 1..].starts_with(quote);
    (!triple).then(|| Literal { prefix: prefix(&line[..open]), quote, open, close })
}

fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices();
    while let Some((at, char)) = chars.next() {
        if char == quote {
            return Some(at);
        }
        if char == '\\' {
            chars.next();
        }
    }
    None
}

/// What belongs to a quote: letters of Python's and Rust's literals, signs of C#'s.
fn prefix(before: &str) -> &str {
    let letters = before.trim_end_matches(['f', 'r', 'b', 'u', 'F', 'R', 'B', 'U', '$', '@']);
    let found = &before[letters.len()..];
    let alone = !letters.ends_with(|char: char| char.is_alphanumeric() || char == '_');
    if alone && found.len() <= 2 { found } else { "" }
}

/// As in "don't": behind a letter that is no prefix of a literal.
fn is_apostrophe(before: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && prefix(before).is_empty()
}
