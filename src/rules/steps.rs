//! The shape of a token as a sequence of steps: literals, and runs of one class.
//!
//! A step takes what it can and never gives anything back, so a match costs one look at each byte and no table but the
//! classes. The build script takes a pattern apart into steps only as far as that ends every match where a regular expression
//! engine would end it (`src/rules/lower.rs` says when). Where a pattern has a choice, its ways are tried one after the other; what
//! is left of a few patterns is a tree (`machine.rs`).

use super::machine::Node;

/// One step of a shape.
pub enum Step {
    /// These bytes.
    Literal(&'static [u8]),
    /// One of these, none of which begins with another.
    OneOf(&'static [&'static [u8]]),
    /// As many bytes of a class as there are, up to `most`; no match when there are fewer than `least`.
    Run { class: &'static Class, least: usize, most: usize },
    /// The first of these that matches to its end; always the last step.
    Any(&'static [&'static [Step]]),
    /// What only a machine can match; always the last step.
    Tree(&'static Node),
}

impl Step {
    /// The most bytes that it takes where that is bounded; none of a run without an end.
    pub fn longest(&self) -> usize {
        match *self {
            Step::Literal(literal) => literal.len(),
            Step::OneOf(literals) => literals.iter().map(|literal| literal.len()).max().unwrap_or(0),
            Step::Run { most: usize::MAX, .. } => 0,
            Step::Run { most, .. } => most,
            Step::Any(ways) => ways.iter().map(|way| longest(way)).max().unwrap_or(0),
            // A machine says itself how far it has read.
            Step::Tree(_) => 0,
        }
    }
}

/// The same of steps that stand one behind the other.
pub fn longest(steps: &[Step]) -> usize {
    steps.iter().map(Step::longest).sum()
}

/// A set of bytes, one bit each.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Class(pub [u64; 4]);

impl Class {
    /// Whether a byte is in the set.
    #[must_use]
    #[inline]
    pub const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize / 64] >> (byte % 64) & 1 == 1
    }

    /// Takes bytes into the set.
    pub fn add_all(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0[usize::from(byte) / 64] |= 1 << (byte % 64));
    }

    /// Takes the bytes of another set into this one.
    pub fn add(&mut self, other: &Class) {
        self.0.iter_mut().zip(other.0).for_each(|(all, other)| *all |= other);
    }

    /// How many bytes of the set a text begins with.
    #[must_use]
    pub fn run(&self, text: &[u8]) -> usize {
        text.iter().position(|&byte| !self.has(byte)).unwrap_or(text.len())
    }
}

/// What answers for steps whose cost is not bounded by a constant.
pub trait Reader {
    /// Where the run of a class ends that begins at `from`.
    fn end_of_run(&self, class: &'static Class, text: &[u8], from: usize) -> usize;
    /// The end of the match of a tree that begins at `from`.
    fn end_of_tree(&self, tree: &'static Node, text: &[u8], from: usize) -> Option<usize>;
}

/// Reads a text that is a token, and so of no great length.
struct Short;

impl Reader for Short {
    fn end_of_run(&self, class: &'static Class, text: &[u8], from: usize) -> usize {
        from + class.run(&text[from..])
    }

    /// The build script takes the part of a rule that is secret apart without trees.
    fn end_of_tree(&self, _: &'static Node, _: &[u8], _: usize) -> Option<usize> {
        None
    }
}

/// Nearly always the first byte is another one, which spares a call.
#[inline]
fn begins_with(text: &[u8], literal: &[u8]) -> bool {
    text.first() == literal.first() && text.starts_with(literal)
}

/// The end of the match that begins at `start`, of steps without a tree.
#[must_use]
pub fn end_of_match(steps: &[Step], text: &[u8], start: usize) -> Option<usize> {
    end_of_match_by(steps, text, start, &Short)
}

/// The same of any steps, with what a reader says of runs without a longest length and of trees.
pub fn end_of_match_by(steps: &[Step], text: &[u8], start: usize, reader: &impl Reader) -> Option<usize> {
    let mut at = start;
    for step in steps {
        let rest = text.get(at..)?;
        at += match *step {
            Step::Literal(literal) => begins_with(rest, literal).then_some(literal.len())?,
            Step::OneOf(literals) => literals.iter().find(|literal| begins_with(rest, literal))?.len(),
            Step::Run { class, least, most } => {
                let run = match most {
                    usize::MAX => reader.end_of_run(class, text, at) - at,
                    _ => class.run(&rest[..rest.len().min(most)]),
                };
                (run >= least).then_some(run)?
            }
            Step::Any(ways) => return ways.iter().find_map(|way| end_of_match_by(way, text, at, reader)),
            Step::Tree(tree) => return reader.end_of_tree(tree, text, at),
        };
    }
    Some(at)
}
