//! Renders a pattern as a JavaScript regular expression for a beginning of every match.
//!
//! Everything up to the first repetition that could be expensive is kept, and of that repetition the least number; behind a
//! literal that few harmless texts hold, only so much as a run must have. What is rendered cannot backtrack badly: a
//! repetition of varying length is only kept when its class and what follows have no character in common and it ends at
//! [`LONGEST_VARYING`], or cannot hold the literal before it; groups are only ever repeated a fixed number of times, or
//! [`MOST_OPTIONAL`] times at most.

use std::fmt::Write as _;

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

use super::RUN;
use crate::rules::anatomy::{AsciiSet, parse, sequence};

/// A repetition that can be longer ends the rendering.
const LONGEST_VARYING: u32 = 256;
/// A group that may be repeated so often at most is rendered whole.
const MOST_OPTIONAL: u32 = 2;
/// Characters of a literal that few harmless texts hold.
const DISTINCT: usize = 5;
/// Bytes that one UTF-16 unit can stand for in UTF-8.
const BYTES_A_UNIT: u32 = 3;

/// A beginning of every match of a pattern.
pub struct Beginning {
    /// The regular expression, without slashes and flags.
    pub source: String,
    /// Units of the shortest text that it matches.
    pub least: u32,
    /// Every ASCII character that a match can hold; all of them when it can hold others too.
    pub characters: AsciiSet,
    /// The literal rendered last.
    literal: Vec<u8>,
}

/// The beginning of a pattern that the build script has accepted.
pub fn beginning(pattern: &str) -> Beginning {
    let hir = parse(pattern).expect("the build script has parsed every pattern");
    let mut beginning = Beginning::empty();
    beginning.render(&hir);
    if beginning.source.is_empty() {
        // An expression cannot be empty between slashes: that is a comment.
        beginning.source.push_str("(?:)");
    }
    beginning
}

/// Whether what follows may be rendered too, or the beginning ends here.
#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    Stop,
}

impl Beginning {
    fn empty() -> Self {
        Self { source: String::new(), least: 0, characters: 0, literal: Vec::new() }
    }

    fn render(&mut self, hir: &Hir) -> Then {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Then::GoOn,
            HirKind::Literal(literal) => {
                self.literal = literal.0.to_vec();
                for &byte in &literal.0 {
                    unit(&mut self.source, byte.into());
                    self.characters |= bit(byte);
                    self.least += 1;
                }
                Then::GoOn
            }
            HirKind::Class(class) => {
                self.source.push_str(&class_source(class));
                self.characters |= characters(hir);
                self.least += 1;
                // One byte of a character that takes several cannot be told from the others.
                if is_wide(hir) { Then::Stop } else { Then::GoOn }
            }
            HirKind::Capture(capture) => self.render(&capture.sub),
            HirKind::Repetition(repetition) => self.repeat(repetition, None),
            HirKind::Concat(_) => self.concat(&sequence(hir)),
            HirKind::Alternation(branches) => self.alternate(branches),
        }
    }

    fn concat(&mut self, parts: &[&Hir]) -> Then {
        for (index, part) in parts.iter().enumerate() {
            let then = match part.kind() {
                HirKind::Repetition(repetition) => self.repeat(repetition, parts.get(index + 1).copied()),
                _ => self.render(part),
            };
            if then == Then::Stop || (self.distinct() && self.least >= RUN) {
                return Then::Stop;
            }
        }
        Then::GoOn
    }

    /// Whether the literal rendered last is one that few harmless texts hold.
    fn distinct(&self) -> bool {
        self.literal.len() >= DISTINCT
    }

    fn alternate(&mut self, branches: &[Hir]) -> Then {
        let mut then = Then::GoOn;
        let mut sources = Vec::new();
        let mut least = u32::MAX;
        for branch in branches {
            let mut rendered = Self::empty();
            if rendered.render(branch) == Then::Stop {
                then = Then::Stop;
            }
            least = least.min(rendered.least);
            self.characters |= rendered.characters;
            sources.push(rendered.source);
        }
        self.least += least;
        write!(self.source, "(?:{})", sources.join("|")).expect("writing to a string does not fail");
        then
    }

    fn repeat(&mut self, repetition: &Repetition, next: Option<&Hir>) -> Then {
        let (least, most) = (repetition.min, repetition.max);
        let follows = next.is_some_and(|next| disjoint(&repetition.sub, next));
        let mut sub = Self::empty();
        let wide = is_wide(&repetition.sub);
        if sub.render(&repetition.sub) == Then::Stop && !wide {
            let times = least.min(1);
            self.times(&sub, &repetition.sub, times, times);
            return Then::Stop;
        }
        // The pattern counts bytes, the expression units: of characters above ASCII there are fewer.
        let least = if wide { least / BYTES_A_UNIT } else { least };
        match most {
            Some(most) if most == least && !wide => self.times(&sub, &repetition.sub, least, least),
            Some(most) if most <= LONGEST_VARYING && is_class(&repetition.sub) && follows => {
                self.times(&sub, &repetition.sub, least, most);
            }
            // Something optional doubles the ways to match at most; patterns have one or two of them.
            Some(most) if most <= MOST_OPTIONAL => self.times(&sub, &repetition.sub, least, most),
            // A run without end is passed once when no beginning can lie inside it: it holds no whole literal.
            None if is_class(&repetition.sub) && follows && excludes(&repetition.sub, &self.literal) => {
                self.times(&sub, &repetition.sub, least, u32::MAX);
            }
            _ => {
                self.times(&sub, &repetition.sub, least, least);
                return Then::Stop;
            }
        }
        Then::GoOn
    }

    fn times(&mut self, sub: &Self, hir: &Hir, least: u32, most: u32) {
        if most == 0 {
            return;
        }
        self.least += sub.least * least;
        self.characters |= sub.characters;
        let group = if is_class(hir) { sub.source.clone() } else { format!("(?:{})", sub.source) };
        match (least, most) {
            (1, 1) => self.source.push_str(&sub.source),
            (0, 1) => write!(self.source, "{group}?").expect("writing to a string does not fail"),
            (_, u32::MAX) => write!(self.source, "{group}{{{least},}}").expect("writing to a string does not fail"),
            _ if least == most => write!(self.source, "{group}{{{least}}}").expect("writing to a string does not fail"),
            _ => write!(self.source, "{group}{{{least},{most}}}").expect("writing to a string does not fail"),
        }
    }
}

fn is_class(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Class(_))
}

/// Whether no text can begin with a character of both, and `next` cannot be empty.
fn disjoint(class: &Hir, next: &Hir) -> bool {
    next.properties().minimum_len().unwrap_or(0) > 0
        && first_bytes(class)
            .zip(first_bytes(next))
            .is_some_and(|(class, next)| class.iter().zip(next).all(|(class, next)| !(*class && next)))
}

/// For each byte whether a match can begin with it; none where that is not plain.
fn first_bytes(hir: &Hir) -> Option<[bool; 256]> {
    let mut set = [false; 256];
    match hir.kind() {
        HirKind::Literal(literal) => set[usize::from(*literal.0.first()?)] = true,
        HirKind::Class(Class::Bytes(class)) => {
            class
                .ranges()
                .iter()
                .flat_map(|range| range.start()..=range.end())
                .for_each(|byte| set[usize::from(byte)] = true);
        }
        HirKind::Class(Class::Unicode(class)) => {
            for range in class.ranges() {
                for code in u32::from(range.start())..=u32::from(range.end()) {
                    *set.get_mut(usize::try_from(code).ok()?).filter(|_| code < 0x80)? = true;
                }
            }
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => return first_bytes(&repetition.sub),
        HirKind::Concat(parts) => {
            let first = parts.first().filter(|first| first.properties().minimum_len().unwrap_or(0) > 0)?;
            return first_bytes(first);
        }
        HirKind::Alternation(branches) => {
            for branch in branches {
                let first = first_bytes(branch)?;
                set.iter_mut().zip(first).for_each(|(set, first)| *set |= first);
            }
        }
        _ => return None,
    }
    Some(set)
}

/// The ASCII characters of a class; all of them for one that holds others too.
fn characters(class: &Hir) -> AsciiSet {
    match first_bytes(class) {
        Some(set) if !is_wide(class) => (0..128).filter(|&byte| set[byte]).fold(0, |all, byte| all | 1 << byte),
        _ => AsciiSet::MAX,
    }
}

/// Whether a run of a class cannot hold the literal that was rendered last.
fn excludes(class: &Hir, literal: &[u8]) -> bool {
    first_bytes(class).is_some_and(|set| literal.iter().any(|&byte| !set[usize::from(byte)]))
}

fn bit(byte: u8) -> AsciiSet {
    if byte.is_ascii() { 1 << byte } else { AsciiSet::MAX }
}

fn is_wide(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(Class::Bytes(class)) => class.ranges().iter().any(|range| !range.end().is_ascii()),
        // The parser makes one of an alternation of single characters.
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().any(|range| !range.end().is_ascii()),
        _ => false,
    }
}

fn class_source(class: &Class) -> String {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
        Class::Unicode(class) => {
            class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
    };
    let mut out = String::from("[");
    for (start, end) in ranges {
        // A byte above ASCII stands for a piece of any other character.
        let end = if end > 0x7f { 0xffff } else { end };
        let start = start.min(0x80);
        class_unit(&mut out, start);
        if end > start {
            out.push('-');
            class_unit(&mut out, end);
        }
    }
    out.push(']');
    // Shorter names for what most tokens are made of; every frame of every page loads this.
    match out.as_str() {
        "[0-9]" => "\\d".to_string(),
        "[0-9A-Z_a-z]" => "\\w".to_string(),
        _ => out.replace("0-9A-Z_a-z", "\\w"),
    }
}

/// A UTF-16 unit inside a class, where most of punctuation means itself.
fn class_unit(out: &mut String, code: u32) {
    match char::from_u32(code) {
        Some(c) if "\\]^-".contains(c) => out.extend(['\\', c]),
        Some(c) if c.is_ascii_punctuation() => out.push(c),
        _ => unit(out, code),
    }
}

/// Characters that mean themselves in an expression and in a string.
const PLAIN: &[u8] = b"_ :=@!\"#%&,;<>~-";

/// A UTF-16 unit, safe as a literal of an expression and in a string with single quotes.
pub fn unit(out: &mut String, code: u32) {
    match char::from_u32(code) {
        Some(c) if is_plain(c) => out.push(c),
        Some(c) if c.is_ascii_punctuation() => out.extend(['\\', c]),
        _ if code <= 0xff => write!(out, "\\x{code:02x}").expect("writing to a string does not fail"),
        _ => write!(out, "\\u{code:04x}").expect("writing to a string does not fail"),
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || u8::try_from(c).is_ok_and(|byte| PLAIN.contains(&byte))
}

/// One expression for all of the given ones, in which common first characters stand once: an engine that tries alternatives
/// one by one then has a tenth of them to try at each place.
pub fn union(sources: &[&str]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for source in sources {
        match first_unit(source) {
            Some(unit) => {
                let rest = &source[unit.len()..];
                match groups.iter_mut().find(|(known, _)| *known == unit) {
                    Some((_, rests)) => rests.push(rest),
                    None => groups.push((unit, vec![rest])),
                }
            }
            // A source that ends here matches whatever the others go on with.
            None if source.is_empty() => return String::new(),
            None => others.push((*source).to_string()),
        }
    }
    others.extend(groups.into_iter().map(|(unit, rests)| match rests.as_slice() {
        [rest] => format!("{unit}{rest}"),
        rests => match union(rests) {
            rest if rest.is_empty() => unit.to_string(),
            rest => format!("{unit}(?:{rest})"),
        },
    }));
    others.join("|")
}

/// The first character of an expression, if it is a literal one. Rendered literals carry no quantifier: that takes a group.
fn first_unit(source: &str) -> Option<&str> {
    let length = match source.as_bytes() {
        [b'\\', b'x', ..] => 4,
        [b'\\', b'u', ..] => 6,
        [b'\\', ..] => 2,
        [byte, ..] if is_plain(char::from(*byte)) => 1,
        _ => return None,
    };
    source.get(..length)
}
