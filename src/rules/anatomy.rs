//! Reads a pattern's syntax tree for what the scanner needs to know before it runs its shape: which literals lead to a
//! match, how far behind the start they stand, and which characters would make a match only a part of something longer.
//!
//! All of it is derived, so that the pattern stays the only statement of a token's shape. The build script includes this
//! module; the tripwire generator uses the same parser.

use std::ops::RangeInclusive;

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Class, Hir, HirKind};

use super::words::SHORTEST;

/// Each possible start before a literal costs one run of the shape.
pub const WIDEST_OFFSET: usize = 32;
/// A pattern that can be longer than this, but not without end, is a mistake in a repetition.
pub const LONGEST_BOUNDED: usize = 4096;
/// More of a literal than this does not make it rarer.
const LITERAL_ENOUGH: usize = 24;

/// A pattern with more beginnings than this is led to by shorter ones.
const MOST_LITERALS: usize = 16;
/// Where even the shortest are more, this many of them are still better than none.
const MOST_SHORTEST: usize = 96;

/// The ASCII characters of a set, one bit each.
pub type AsciiSet = u128;

/// What a pattern's syntax tree says.
#[derive(Debug, Clone)]
pub struct Anatomy {
    /// In lower case; one of them stands in every match. Empty when only context words can lead to a match.
    pub literals: Vec<String>,
    /// Bytes between the start of a match and its literal.
    pub offset: RangeInclusive<usize>,
    /// Length of the literal that every match begins with.
    pub prefix: usize,
    /// Characters of the class that a match begins with, if it begins with one.
    pub head: AsciiSet,
    /// Characters of the last class in the pattern: one more of them behind a match means that the token goes on.
    pub tail: AsciiSet,
    /// Bytes of the longest match, if there is a longest.
    pub longest: Option<usize>,
}

/// Parses a pattern as the scanner understands it: bytes, ASCII classes, no Unicode tables. The group around the secret part
/// is looked through.
///
/// Fails with the parser's message.
pub fn parse(pattern: &str) -> Result<Hir, String> {
    with_group(pattern).map(without_group)
}

fn with_group(pattern: &str) -> Result<Hir, String> {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern)
        .map_err(|error| format!("the pattern does not parse: {error}"))
}

fn without_group(hir: Hir) -> Hir {
    if hir.properties().explicit_captures_len() == 0 {
        return hir;
    }
    match hir.into_kind() {
        HirKind::Capture(group) => without_group(*group.sub),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(without_group).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(without_group).collect()),
        HirKind::Repetition(mut repetition) => {
            repetition.sub = Box::new(without_group(*repetition.sub));
            Hir::repetition(repetition)
        }
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Empty => Hir::empty(),
    }
}

/// What stands before the group that is the secret part of a pattern, and what is over when it ends; none for a pattern
/// without a group, all of which is secret.
///
/// Fails when there is more than one group, or when it stands inside a repetition or a choice.
pub fn around_secret(pattern: &str) -> Result<Option<(Hir, Hir)>, String> {
    let hir = with_group(pattern)?;
    match hir.properties().explicit_captures_len() {
        0 => return Ok(None),
        1 => {}
        _ => return Err("a pattern has one group at most, the secret part: write (?:…) for the others".into()),
    }
    let parts = sequence(&hir);
    let group = parts.iter().position(|part| matches!(part.kind(), HirKind::Capture(_)));
    let group = group.ok_or("the group of the secret part stands inside a repetition or a choice: draw it out")?;
    let first = |count: usize| Hir::concat(parts[..count].iter().map(|&part| without_group(part.clone())).collect());
    Ok(Some((first(group), first(group + 1))))
}

/// Takes a pattern apart.
///
/// Fails when the pattern cannot serve as a token's shape, with the reason in words for the author of the rule.
pub fn anatomy(pattern: &str) -> Result<Anatomy, String> {
    let hir = parse(pattern)?;
    let properties = hir.properties();
    if !properties.look_set().is_empty() {
        return Err("anchors and word boundaries are the scanner's business: leave them out".into());
    }
    if properties.minimum_len().unwrap_or(0) == 0 {
        return Err("the pattern matches the empty string".into());
    }
    let longest = properties.maximum_len();
    if let Some(longest) = longest.filter(|&longest| longest > LONGEST_BOUNDED) {
        return Err(format!("a match can be {longest} bytes long; bounded patterns end at {LONGEST_BOUNDED}"));
    }
    let parts = sequence(&hir);
    let (literals, offset) = leading_literals(&parts);
    let prefix = if *offset.end() == 0 { common_prefix(&literals) } else { 0 };
    Ok(Anatomy {
        literals,
        offset,
        prefix,
        head: first_class(&parts),
        tail: parts.iter().rev().map(|part| ascii_of(part)).find(|&set| set != 0).unwrap_or(0),
        longest,
    })
}

/// The parts of a concatenation, or the whole as its only part.
pub fn sequence(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().collect(),
        _ => vec![hir],
    }
}

/// The best set of literals of which one stands in every match, and how far from the start they can stand.
/// Literals at the very start are taken when they are long enough; otherwise the longest that can be found.
fn leading_literals(parts: &[&Hir]) -> (Vec<String>, RangeInclusive<usize>) {
    let mut best: Option<(usize, Vec<String>, RangeInclusive<usize>)> = None;
    let (mut low, mut high) = (0, 0);
    for (index, part) in parts.iter().enumerate() {
        let rest = Hir::concat(parts[index..].iter().map(|&part| part.clone()).collect());
        if let Some(literals) = prefixes(&rest) {
            let length = literals.iter().map(String::len).min().unwrap_or(0);
            if best.as_ref().is_none_or(|(longest, _, _)| length > *longest) {
                best = Some((length, literals, low..=high));
            }
            if index == 0 && length >= SHORTEST {
                break;
            }
        }
        let properties = part.properties();
        low += properties.minimum_len().unwrap_or(0);
        high += match properties.maximum_len() {
            Some(length) => length,
            None => break,
        };
        if high - low > WIDEST_OFFSET {
            break;
        }
    }
    match best {
        Some((length, literals, offset)) if length >= SHORTEST => (literals, offset),
        _ => (Vec::new(), 0..=0),
    }
}

/// The literals that an expression can begin with, in lower case; none when it can begin with too many.
///
/// A class behind a literal multiplies it, so the literals are cut back until there are few: `sk-ant-api[0-9]{2}-` is led to
/// by `sk-ant-api`, not by a hundred literals.
fn prefixes(hir: &Hir) -> Option<Vec<String>> {
    let mut sequence: Seq = Extractor::new().kind(ExtractKind::Prefix).limit_repeat(2).limit_total(512).extract(hir);
    for length in (SHORTEST..=LITERAL_ENOUGH).rev() {
        sequence.keep_first_bytes(length);
        let mut literals: Vec<String> = sequence
            .literals()?
            .iter()
            .map(|literal| std::str::from_utf8(literal.as_bytes()).ok().filter(|text| text.is_ascii()))
            .map(|text| text.map(str::to_ascii_lowercase))
            .collect::<Option<_>>()?;
        literals.sort();
        // A literal that begins with another one of the set finds nothing that the shorter one does not. Sorted, it stands
        // behind it, with nothing but others of its kind between them.
        literals.dedup_by(|literal, shorter| literal.starts_with(shorter.as_str()));
        let most = if length == SHORTEST { MOST_SHORTEST } else { MOST_LITERALS };
        if (1..=most).contains(&literals.len()) {
            return Some(literals);
        }
    }
    None
}

fn common_prefix(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

/// The characters a match begins with, when it begins with a class and not with a literal.
fn first_class(parts: &[&Hir]) -> AsciiSet {
    match parts.first() {
        Some(first) if !matches!(first.kind(), HirKind::Literal(_)) => ascii_of(first),
        _ => 0,
    }
}

/// Every ASCII character that some class inside an expression allows.
fn ascii_of(hir: &Hir) -> AsciiSet {
    match hir.kind() {
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().fold(0, |set, range| set | ascii_range(range.start(), range.end()))
        }
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().fold(0, |set, range| {
            let end = u8::try_from(u32::from(range.end())).unwrap_or(127);
            u8::try_from(u32::from(range.start())).map_or(set, |start| set | ascii_range(start, end))
        }),
        HirKind::Repetition(repetition) => ascii_of(&repetition.sub),
        HirKind::Capture(capture) => ascii_of(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().fold(0, |set, part| set | ascii_of(part)),
        HirKind::Literal(_) | HirKind::Empty | HirKind::Look(_) => 0,
    }
}

fn ascii_range(start: u8, end: u8) -> AsciiSet {
    (start..=end.min(127)).fold(0, |set, byte| set | 1 << byte)
}
