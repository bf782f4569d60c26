//! What matchers remember of one text, so that nobody can make them read a stretch of it over and over.
//!
//! A pattern without a longest match reads as far as its characters go. Where the literal that leads to it is made of the same
//! characters (`glpat-glpat-glpat-…`), it starts every few bytes and would read to the end each time: the square of the text.
//! So the end of a run is kept, and a machine that comes to where it has been before, with the same ways to go on, is told how that
//! went. Both give what reading on would give, and each stretch is read a fixed number of times.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::rules::machine::{Machine, Sets};

/// Runs that end before this are read without a memory: nearly all do.
const SHORT: usize = 64;
/// Where a machine is, is noted once in so many bytes.
const STRIDE: usize = 16;
/// Walks of one machine that are remembered. Walks that lead through one stretch differently are told apart by what stands
/// before it, and no pattern has so many beginnings that go on side by side.
const MOST_WALKS: usize = 4;

/// A run that is remembered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Of the bytes of a class, which is a constant, by its address: whatever rules it stands in, it ends at the same place.
    Class(usize),
    /// Of what a token of a rule could go on with, by the rule's index.
    Tail(usize),
    /// Of the first of the pieces of a token, by the rule's index.
    FirstPiece(usize),
}

/// The memory of one text.
#[derive(Default)]
pub struct Memory {
    runs: RefCell<BTreeMap<Key, Range<usize>>>,
    walks: RefCell<BTreeMap<usize, Vec<Walk>>>,
    /// True of every text, so it is not forgotten with one; but it tells what was read, so it goes with the scan.
    sets: RefCell<Sets>,
    tokens: RefCell<BTreeMap<usize, Range<usize>>>,
    /// The end of what was read, or is known by what was read before, since it was last asked for.
    read: Cell<usize>,
    /// How often a machine was asked to take a byte.
    #[cfg(test)]
    asked: Cell<usize>,
}

/// Where a machine has been.
struct Walk {
    /// Neighbouring multiples of the stride, at least one, and the places of the pattern before the byte there.
    places: Vec<(usize, Box<[usize]>)>,
    end: Option<usize>,
}

impl Memory {
    /// Makes it the memory of another text.
    pub fn forget(&self) {
        self.runs.borrow_mut().clear();
        self.walks.borrow_mut().clear();
        self.tokens.borrow_mut().clear();
    }

    /// Notes a token of a rule.
    pub fn note(&self, rule: usize, token: Range<usize>) {
        self.tokens.borrow_mut().insert(rule, token);
    }

    /// Whether a place is inside the last token of a rule that was noted.
    pub fn is_inside(&self, rule: usize, place: usize) -> bool {
        self.tokens.borrow().get(&rule).is_some_and(|token| token.contains(&place))
    }

    /// Where the run of characters ends that begins at `from`.
    pub fn end_of_run(&self, key: Key, text: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let run = |from: usize, to: usize| text[from..to].iter().position(|&byte| !belongs(byte)).map(|at| from + at);
        let mut runs = self.runs.borrow_mut();
        // Nearly always nothing is known yet.
        if let Some(known) = runs.get(&key).filter(|known| known.contains(&from)) {
            self.reads_to(known.end + 1);
            return known.end;
        }
        let near = text.len().min(from + SHORT);
        let end = run(from, near).unwrap_or_else(|| {
            let end = run(near, text.len()).unwrap_or(text.len());
            runs.insert(key, from..end);
            end
        });
        self.reads_to(end + 1);
        end
    }

    /// Somebody has read up to here.
    pub fn reads_to(&self, end: usize) {
        self.read.set(self.read.get().max(end));
    }

    /// The end of what was read since this was last asked; 0 where nothing was that has no end of its own.
    pub fn end_of_read(&self) -> usize {
        self.read.take()
    }

    /// The end of the match that begins at `start`.
    pub fn end_of_walk(&self, rule: usize, machine: &Machine, text: &[u8], start: usize) -> Option<usize> {
        let mut places = Vec::new();
        let mut joins = false;
        let mut read = start;
        let end = machine.end_of_match((&mut self.sets.borrow_mut(), rule), text, start, |at, here| {
            #[cfg(test)]
            self.asked.set(self.asked.get() + 1);
            read = read.max(at + 1);
            if at == start || !at.is_multiple_of(STRIDE) {
                return None;
            }
            let known = self.end_from(rule, at, here);
            joins |= known.is_some();
            places.push((at, here.into()));
            known.map(|(end, read_before)| {
                read = read.max(read_before);
                end
            })
        });
        self.reads_to(read);
        if !joins && !places.is_empty() {
            let mut walks = self.walks.borrow_mut();
            let walks = walks.entry(rule).or_default();
            walks.push(Walk { places, end });
            // Walks that end soon are cheap to walk again, and must not drive out the long ones.
            walks.sort_by_key(|walk| Reverse(walk.places.last().map(|&(at, _)| at)));
            walks.truncate(MOST_WALKS);
        }
        end
    }

    /// How a walk went on from here, if one came by with these places: where its match ended, or that none ended behind here.
    /// And how far it has read.
    fn end_from(&self, rule: usize, at: usize, here: &[usize]) -> Option<(Option<usize>, usize)> {
        let walks = self.walks.borrow();
        let came_by = |walk: &&Walk| {
            let index = at.checked_sub(walk.places[0].0).map(|behind| behind / STRIDE);
            index.and_then(|index| walk.places.get(index)).is_some_and(|(_, there)| **there == *here)
        };
        let walk = walks.get(&rule)?.iter().find(came_by)?;
        let read = walk.places.last().map_or(at, |&(last, _)| last + STRIDE);
        Some((walk.end.filter(|&end| end >= at), read))
    }
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::*;
    use crate::rules::machine::Node;
    use crate::rules::steps::Class;

    /// `-(?:x|-)*!`
    const TREE: Node = Node::All(&[
        Node::Literal(b"-"),
        Node::Repeat {
            node: &Node::One(&[Node::Literal(b"x"), Node::Literal(b"-")]),
            least: 0,
            most: None,
            greedy: true,
        },
        Node::Literal(b"!"),
    ]);

    #[test]
    fn a_stretch_in_which_a_match_could_begin_anywhere_is_walked_a_fixed_number_of_times() {
        let text = format!("{}!  ", "-x-".repeat(1 << 13));
        let machine = Machine::new(&TREE);
        let memory = Memory::default();
        for start in 0..text.len() {
            let found = memory.end_of_walk(0, &machine, text.as_bytes(), start);
            if start % 4096 < 3 {
                assert_eq!(
                    found,
                    machine.end_of_match((&mut Sets::default(), 0), text.as_bytes(), start, |_, _| None),
                    "at {start}"
                );
            }
        }
        assert!(memory.asked.get() < 3 * STRIDE * text.len(), "{} bytes", memory.asked.get());
    }

    #[test]
    fn a_run_ends_where_it_ends_without_a_memory() {
        let mut random = fastrand::Rng::with_seed(3);
        let mut letters = Class::default();
        letters.add_all(b"abc");
        let text: Vec<u8> = (0..4000).map(|_| if random.usize(..90) == 0 { b' ' } else { b'a' }).collect();
        let memory = Memory::default();
        for _ in 0..4000 {
            let from = random.usize(..=text.len());
            let end = memory.end_of_run(Key::Class(0), &text, from, |byte| letters.has(byte));
            assert_eq!(end, from + letters.run(&text[from..]), "from {from}");
        }
    }
}
