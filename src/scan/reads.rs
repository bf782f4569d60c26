//! How far a scan has looked, for a text that is scanned again piece by piece: while it is edited (`src/edits.rs`), or where its view
//! differs from it (`scan/near.rs`).
//!
//! Nearly every match is tried on a few dozen bytes. What was read further than that, by a long run, a walk of a machine, or pieces
//! that were put together, is noted, whether it led to a finding or not: whoever edits anything in it makes all of it new.

use std::cell::RefCell;
use std::ops::Range;

use crate::own::OwnSecrets;
use crate::rules::CustomRules;

/// What is read of one token without being noted.
pub const FAR: usize = 128;
/// Bytes around a token that are looked at too: a context word within reach, and a word for a credential on the other side.
pub const AROUND: usize = super::REACH + 32;
/// Bytes behind a place, in every view of a text, that are read for a value that begins there without being noted: the longest value
/// that a word makes one stands before it, within reach.
pub const AHEAD: usize = super::LONGEST_VALUE + AROUND;
/// Bytes before it: a word, within reach.
pub const BACK: usize = AROUND;
/// Bytes around the ends of a piece of a text in which there may be no finding, if the piece is to be scanned by itself.
pub const QUIET: usize = FAR;

/// How far a scanner looks from a value without noting it, with the rules and own secrets that it knows besides the built-in rules.
pub struct Reach {
    /// [`AROUND`]
    pub around: usize,
    /// [`AHEAD`]
    pub ahead: usize,
    /// [`BACK`]. Behind a match of [`FAR`] bytes that is no more, values of its rule may begin.
    pub back: usize,
    /// [`QUIET`]
    pub quiet: usize,
}

impl Reach {
    pub fn new(custom: &CustomRules, own: Option<&OwnSecrets>) -> Self {
        let own = own.map_or(0, OwnSecrets::longest);
        let around = AROUND.max(super::REACH + custom.longest_word());
        let ahead = AHEAD.max(own).max(super::LONGEST_VALUE + around).max(custom.farthest_literal());
        let back = if custom.is_empty() { BACK } else { around.max(FAR) };
        Self { around, ahead, back, quiet: QUIET.max(own) }
    }
}

/// So many stretches are told apart. A text of which more is read over and over is taken as read from the first to the last.
const MOST: usize = 1 << 14;

/// The stretches of one scan that were read and are long.
#[derive(Default)]
pub struct Reads(Option<RefCell<Noted>>);

#[derive(Default)]
struct Noted {
    stretches: Vec<Range<usize>>,
    /// Those before are of another text, or placed already.
    marked: usize,
}

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
        if read.len() > FAR {
            self.note_all(read, around);
        }
    }

    /// The same of what may be short.
    pub fn note_all(&self, read: Range<usize>, around: usize) {
        if let Some(noted) = &self.0 {
            noted.borrow_mut().add(read.start.saturating_sub(around)..read.end + around);
        }
    }

    /// How many there are. What is noted from now on is counted behind them.
    pub fn mark(&self) -> usize {
        let Some(noted) = &self.0 else { return 0 };
        let mut noted = noted.borrow_mut();
        noted.marked = noted.stretches.len();
        noted.marked
    }

    /// Moves all but the first to where they stand in another text.
    pub fn place(&self, first: usize, place: impl Fn(Range<usize>) -> Range<usize>) {
        if let Some(noted) = &self.0 {
            noted.borrow_mut().stretches[first..].iter_mut().for_each(|read| *read = place(read.clone()));
        }
    }

    /// All but the first.
    pub fn behind(&self, first: usize) -> Vec<Range<usize>> {
        self.0.as_ref().map_or(Vec::new(), |noted| noted.borrow().stretches[first..].to_vec())
    }

    /// Forgets all but the first.
    pub fn forget(&self, first: usize) {
        if let Some(noted) = &self.0 {
            let mut noted = noted.borrow_mut();
            noted.stretches.truncate(first);
            noted.marked = noted.marked.min(first);
        }
    }

    /// All of them.
    pub fn all(self) -> Vec<Range<usize>> {
        self.0.map(|noted| noted.into_inner().stretches).unwrap_or_default()
    }
}

impl Noted {
    fn add(&mut self, read: Range<usize>) {
        let new = &mut self.stretches[self.marked..];
        let count = new.len();
        match new.last_mut() {
            // Tokens of which one begins inside another.
            Some(last) if (last.start..=last.end).contains(&read.start) => last.end = last.end.max(read.end),
            _ if count == MOST => {
                let all = new.iter().fold(read, |all, one| all.start.min(one.start)..all.end.max(one.end));
                self.stretches.truncate(self.marked);
                self.stretches.push(all);
            }
            _ => self.stretches.push(read),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_much_is_read_over_and_over_few_stretches_are_kept() {
        let reads = Reads::noted();
        reads.note(0..1000, 0);
        let first = reads.mark();
        for round in 0..3 {
            for at in 0..MOST {
                reads.note(at * 300..at * 300 + 200 + round, 0);
            }
        }
        assert!(reads.behind(first).len() <= MOST);
        for at in 0..MOST {
            assert!(reads.behind(first).iter().any(|read| read.start <= at * 300 && read.end >= at * 300 + 202));
        }
        assert_eq!(reads.behind(0)[0], 0..1000);
    }

    #[test]
    fn what_begins_inside_what_was_read_goes_with_it() {
        let reads = Reads::noted();
        reads.note(0..1000, 10);
        reads.note(500..1500, 10);
        assert_eq!(reads.behind(0).as_slice(), std::slice::from_ref(&(0..1510)));
        reads.mark();
        reads.note(600..1600, 0);
        assert_eq!(reads.behind(0), [0..1510, 600..1600]);
    }
}
