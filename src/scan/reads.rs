//! How far a scan has looked, for a text that is scanned again piece by piece while it is edited (`src/edits.rs`).
//!
//! Nearly every match is tried on a few dozen bytes. What was read further than that, by a long run, a walk of a machine, or pieces
//! that were put together, is noted, whether it led to a finding or not: whoever edits anything in it makes all of it new.

use std::cell::RefCell;
use std::ops::Range;

/// What is read of one token without being noted.
pub const FAR: usize = 128;
/// Bytes around a token that are looked at too: a context word within reach, and a word for a credential on the other side.
pub const AROUND: usize = super::REACH + 32;

/// The stretches of one scan that were read and are long.
#[derive(Default)]
pub struct Reads(Option<RefCell<Vec<Range<usize>>>>);

impl Reads {
    /// Notes what is read.
    pub fn noted() -> Self {
        Self(Some(RefCell::default()))
    }

    /// Whether anybody wants to know.
    pub fn are_noted(&self) -> bool {
        self.0.is_some()
    }

    /// Something was read, and what stands around it, so many bytes.
    pub fn note(&self, read: Range<usize>, around: usize) {
        if let Some(reads) = &self.0
            && read.len() > FAR
        {
            reads.borrow_mut().push(read.start.saturating_sub(around)..read.end + around);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |reads| reads.borrow().len())
    }

    /// Moves all but the first to where they stand in another text.
    pub fn place(&self, first: usize, place: impl Fn(Range<usize>) -> Range<usize>) {
        if let Some(reads) = &self.0 {
            reads.borrow_mut()[first..].iter_mut().for_each(|read| *read = place(read.clone()));
        }
    }

    /// Forgets all but the first.
    pub fn forget(&self, first: usize) {
        if let Some(reads) = &self.0 {
            reads.borrow_mut().truncate(first);
        }
    }

    /// All of them.
    pub fn all(self) -> Vec<Range<usize>> {
        self.0.map(RefCell::into_inner).unwrap_or_default()
    }
}
