//! The pattern of a rule that came at run time, run by the `regex` crate.
//!
//! `regex` needs time linear in what it is given, times the size of the expression; what must be bounded is how much it is
//! given, and how often. It gets no more than [`LONGEST_MATCH`] bytes, and of those only as many as can belong to a match at
//! all: the stretch of bytes that stand somewhere in the pattern. Both are paid for from the scan's [`Work`] before it runs.
//!
//! The expression is built at the first place where something leads to it, which in most texts never happens.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::{Class as Bytes, Hir, HirKind};

use super::steps::Class;
use crate::scan::Work;

/// Bytes of the longest match of a rule that came at run time. What is longer is found up to here.
pub const LONGEST_MATCH: usize = 1024;
/// More memory than an expression of [`MOST_STATES`](super::MOST_STATES) states takes, so that every accepted rule can be built.
const MOST_MEMORY: usize = 4 << 20;

/// A pattern and what its syntax tree says about the cost of running it.
pub(crate) struct Pattern {
    /// The expression, anchored at its beginning.
    source: String,
    /// Every byte that can stand in a match.
    alphabet: Class,
    /// Bytes of the shortest match.
    least: usize,
    /// States of the automaton, counted generously.
    states: usize,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Takes over a pattern that [`check`](super::check::check) has accepted, and its syntax tree.
    pub fn new(pattern: &str, hir: &Hir) -> Self {
        let mut alphabet = Class::default();
        collect(hir, &mut alphabet);
        Self {
            source: anchored(pattern),
            alphabet,
            least: hir.properties().minimum_len().unwrap_or(0),
            states: states(hir),
            regex: OnceLock::new(),
        }
    }

    /// Every byte that can stand in a match.
    pub fn alphabet(&self) -> &Class {
        &self.alphabet
    }

    /// Bytes of the shortest match.
    pub fn least(&self) -> usize {
        self.least
    }

    /// What running it costs for each byte.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The end of the match that begins at `start`; none either when the scan's work is used up. `reads_to` is told how far it reads.
    pub fn end_of_match(&self, text: &[u8], start: usize, work: &Work, reads_to: impl FnOnce(usize)) -> Option<usize> {
        let rest = text.get(start..)?;
        let stretch = rest.iter().take(LONGEST_MATCH).take_while(|&&byte| self.alphabet.has(byte)).count();
        reads_to(start + stretch + 1);
        let worth = stretch >= self.least;
        if !work.spend(if worth { stretch * self.states } else { stretch }) || !worth {
            return None;
        }
        let Some(regex) = self.regex.get_or_init(|| build(&self.source)) else {
            // No accepted rule gets here; if one did, a text that it was not tried on must not pass for clean.
            work.give_up();
            return None;
        };
        #[cfg(test)]
        work.fed.set(work.fed.get() + stretch);
        let end = start + regex.find(&rest[..stretch])?.end();
        work.spend(crate::scan::STEPS_A_MATCH).then_some(end)
    }
}

/// The form in which a pattern runs.
pub(super) fn anchored(pattern: &str) -> String {
    format!("^(?:{pattern})")
}

fn build(source: &str) -> Option<Regex> {
    RegexBuilder::new(source).unicode(false).size_limit(MOST_MEMORY).build().ok()
}

/// States of the automaton of an expression, or a few more: a repetition is so many copies.
fn states(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(_) => 1,
        HirKind::Capture(capture) => states(&capture.sub).saturating_add(2),
        HirKind::Repetition(repetition) => {
            let copies = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1) as usize;
            states(&repetition.sub).saturating_add(1).saturating_mul(copies)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(1, |sum: usize, part| sum.saturating_add(states(part)))
        }
    }
}

/// Adds every byte that can stand in a match of an expression.
fn collect(hir: &Hir, set: &mut Class) {
    let mut add = |start: u8, end: u8| (start..=end).for_each(|byte| set.0[usize::from(byte) / 64] |= 1 << (byte % 64));
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => literal.0.iter().for_each(|&byte| add(byte, byte)),
        HirKind::Class(Bytes::Bytes(class)) => class.ranges().iter().for_each(|range| add(range.start(), range.end())),
        HirKind::Class(Bytes::Unicode(class)) => {
            for range in class.ranges() {
                let (start, end) = (u32::from(range.start()), u32::from(range.end()));
                add(u8::try_from(start).unwrap_or(0x80), u8::try_from(end).ok().filter(u8::is_ascii).unwrap_or(0xff));
            }
        }
        HirKind::Repetition(repetition) => collect(&repetition.sub, set),
        HirKind::Capture(capture) => collect(&capture.sub, set),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| collect(part, set)),
    }
}
