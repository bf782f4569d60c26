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
    /// Units of the longest; [`u32::MAX`] where there is none.
    pub most: u32,
    /// Every ASCII character that a match can hold; all of them when it can hold others too.
    pub characters: AsciiSet,
    /// Whether it is all of the pattern, and no looser than it.
    pub whole: bool,
    /// What must stand behind it in every match, where it is not.
    pub rest: Option<Rest>,
    /// The literal rendered last.
    literal: Vec<u8>,
}

/// The beginning of a pattern that the build script has accepted.
pub fn beginning(pattern: &str) -> Beginning {
    let hir = parse(pattern).expect("the build script has parsed every pattern");
    let mut beginning = Beginning::empty();
    beginning.whole = beginning.render(&hir, None) == Then::GoOn && !has_wide(&hir);
    if beginning.source.is_empty() {
        // An expression cannot be empty between slashes: that is a comment.
        beginning.source.push_str("(?:)");
    }
    beginning
}

/// A piece of a match behind its beginning.
pub struct Rest {
    /// A regular expression for it.
    pub source: String,
    /// Every ASCII character that can stand between the beginning and the end of the piece.
    pub characters: AsciiSet,
}

/// Whether what follows may be rendered too, or the beginning ends here.
#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    Stop,
}

impl Beginning {
    fn empty() -> Self {
        Self { source: String::new(), least: 0, most: 0, characters: 0, whole: false, rest: None, literal: Vec::new() }
    }

    /// Goes on with an expression, of which `next` is what follows it.
    fn render(&mut self, hir: &Hir, next: Option<&Hir>) -> Then {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Then::GoOn,
            HirKind::Literal(literal) => {
                self.literal = literal.0.to_vec();
                for &byte in &literal.0 {
                    unit(&mut self.source, byte.into());
                    self.characters |= bit(byte);
                    self.least += 1;
                    self.most = self.most.saturating_add(1);
                }
                Then::GoOn
            }
            HirKind::Class(class) => {
                self.source.push_str(&class_source(class));
                self.characters |= characters(hir);
                self.least += 1;
                self.most = self.most.saturating_add(1);
                // One byte of a character that takes several cannot be told from the others.
                if is_wide(hir) { Then::Stop } else { Then::GoOn }
            }
            HirKind::Capture(capture) => self.render(&capture.sub, next),
            HirKind::Repetition(repetition) => self.repeat(repetition, next),
            HirKind::Concat(_) => self.concat(&sequence(hir), next),
            HirKind::Alternation(branches) => self.alternate(branches, next),
        }
    }

    fn concat(&mut self, parts: &[&Hir], next: Option<&Hir>) -> Then {
        for (index, part) in parts.iter().enumerate() {
            let behind = &parts[index + 1..];
            let then = self.render(part, behind.first().copied().or(next));
            if then == Then::Stop || (!behind.is_empty() && self.distinct() && self.least >= RUN) {
                let passed = if then == Then::Stop { characters_of(part) } else { 0 };
                self.rest = rest(behind, passed);
                return Then::Stop;
            }
        }
        Then::GoOn
    }

    /// Whether the literal rendered last is one that few harmless texts hold.
    pub fn distinct(&self) -> bool {
        self.literal.len() >= DISTINCT
    }

    fn alternate(&mut self, branches: &[Hir], next: Option<&Hir>) -> Then {
        let mut then = Then::GoOn;
        let mut sources = Vec::new();
        let (mut least, mut most) = (u32::MAX, 0);
        for branch in branches {
            let mut rendered = Self::empty();
            if rendered.render(branch, next) == Then::Stop {
                then = Then::Stop;
            }
            least = least.min(rendered.least);
            most = most.max(rendered.most);
            self.characters |= rendered.characters;
            sources.push(rendered.source);
        }
        self.least += least;
        self.most = self.most.saturating_add(most);
        write!(self.source, "(?:{})", sources.join("|")).expect("writing to a string does not fail");
        then
    }

    fn repeat(&mut self, repetition: &Repetition, next: Option<&Hir>) -> Then {
        let (least, most) = (repetition.min, repetition.max);
        let follows = next.is_some_and(|next| disjoint(&repetition.sub, next));
        let mut sub = Self::empty();
        let wide = is_wide(&repetition.sub);
        // Where a group can stand once at most, what follows it is what follows its end.
        let behind = next.filter(|_| most == Some(1));
        if sub.render(&repetition.sub, behind) == Then::Stop && !wide {
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
        self.most = self.most.saturating_add(sub.most.saturating_mul(most));
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

/// Characters of the shortest run of one class that tells something.
const TELLING: u32 = 16;

/// The longest literal in the parts that every match goes on with, or else the first long run of a class.
fn rest(parts: &[&Hir], passed: AsciiSet) -> Option<Rest> {
    let mut characters = passed;
    let mut longest = 0;
    let mut best = None;
    for part in parts {
        characters |= characters_of(part);
        let mut found = Beginning::empty();
        match part.kind() {
            HirKind::Literal(literal) if literal.0.len() > longest => {
                longest = literal.0.len();
                found.render(part, None);
            }
            HirKind::Repetition(Repetition { min, sub, .. })
                if best.is_none() && *min >= TELLING && is_class(sub) && !is_wide(sub) =>
            {
                found.render(sub, None);
                write!(found.source, "{{{min}}}").expect("writing to a string does not fail");
            }
            _ => continue,
        }
        best = Some(Rest { source: found.source, characters });
    }
    best
}

/// Every ASCII character that a match can hold; all of them when it can hold others too.
fn characters_of(hir: &Hir) -> AsciiSet {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.iter().fold(0, |set, &byte| set | bit(byte)),
        HirKind::Class(_) => characters(hir),
        HirKind::Repetition(repetition) => characters_of(&repetition.sub),
        HirKind::Capture(capture) => characters_of(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |set, part| set | characters_of(part))
        }
    }
}

/// Whether some class has bytes above ASCII, of which the expression cannot say how many stand there.
fn has_wide(hir: &Hir) -> bool {
    characters_of(hir) == AsciiSet::MAX
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
    alternatives(sources).join("|")
}

/// The same, not yet joined. None for a choice that can be nothing.
fn alternatives(sources: &[&str]) -> Vec<String> {
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
            None if source.is_empty() => return Vec::new(),
            None => others.push((*source).to_string()),
        }
    }
    others.extend(groups.into_iter().map(|(unit, rests)| match alternatives(&rests).as_slice() {
        [] => unit.to_string(),
        [rest] => format!("{unit}{rest}"),
        rests => format!("{unit}(?:{})", rests.join("|")),
    }));
    others
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
