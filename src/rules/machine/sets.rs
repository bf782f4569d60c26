//! The sets of places that machines have come to, each with a number, and which set follows it at which byte.
//!
//! Where one literal stands over and over, the same sets follow one another over and over. Here that costs one look at a table for
//! each byte. No text can make it large: when there is no more room, a machine goes on without numbers, at the price of each
//! place for each byte.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Machine, Ways};

/// Sets that are kept in one scan: their tables are a mebibyte.
const MOST_SETS: usize = 2048;
/// The number of a set that has none, and of one that is not known yet.
const NONE: u16 = u16::MAX;

/// Sets of places of several machines.
pub struct Sets {
    sets: Vec<Set>,
    /// Of each machine: the numbers of its sets.
    numbers: BTreeMap<usize, BTreeMap<Rc<[usize]>, u16>>,
    /// Of each machine: the set that it begins with.
    first: BTreeMap<usize, u16>,
    /// The set without a number.
    loose: Vec<usize>,
    ways: Ways,
    most: usize,
}

struct Set {
    places: Rc<[usize]>,
    /// For each byte the number of the set behind it.
    next: Box<[u16; 256]>,
}

impl Default for Sets {
    fn default() -> Self {
        Self::at_most(MOST_SETS)
    }
}

impl Sets {
    fn at_most(most: usize) -> Self {
        Self {
            sets: Vec::new(),
            numbers: BTreeMap::new(),
            first: BTreeMap::new(),
            loose: Vec::new(),
            ways: Ways::default(),
            most,
        }
    }

    /// The set that a machine begins with.
    pub(super) fn first(&mut self, machine: &Machine, rule: usize) -> u16 {
        if let Some(&first) = self.first.get(&rule) {
            return first;
        }
        self.ways.clear(machine.places.len());
        machine.follow(0, &mut self.ways);
        let first = self.numbered(rule);
        if first != NONE {
            self.first.insert(rule, first);
        }
        first
    }

    /// The places of a set.
    pub(super) fn places(&self, number: u16) -> &[usize] {
        self.sets.get(usize::from(number)).map_or(&self.loose, |set| &set.places)
    }

    /// The set behind a byte.
    #[inline]
    pub(super) fn then(&mut self, machine: &Machine, rule: usize, from: u16, byte: u8) -> u16 {
        match self.sets.get(usize::from(from)).map(|set| set.next[usize::from(byte)]) {
            Some(next) if next != NONE => next,
            _ => self.worked_out(machine, rule, from, byte),
        }
    }

    #[cold]
    fn worked_out(&mut self, machine: &Machine, rule: usize, from: u16, byte: u8) -> u16 {
        let places = self.sets.get(usize::from(from)).map_or(&*self.loose, |set| &set.places);
        machine.step(places, byte, &mut self.ways);
        if from == NONE {
            std::mem::swap(&mut self.loose, &mut self.ways.places);
            return NONE;
        }
        let next = self.numbered(rule);
        self.sets[usize::from(from)].next[usize::from(byte)] = next;
        next
    }

    /// The number of the set that was just worked out, if there is room for it.
    fn numbered(&mut self, rule: usize) -> u16 {
        let numbers = self.numbers.entry(rule).or_default();
        if let Some(&number) = numbers.get(&*self.ways.places) {
            return number;
        }
        if self.sets.len() == self.most {
            std::mem::swap(&mut self.loose, &mut self.ways.places);
            return NONE;
        }
        let number = self.sets.len() as u16;
        let places: Rc<[usize]> = (*self.ways.places).into();
        numbers.insert(places.clone(), number);
        self.sets.push(Set { places, next: Box::new([NONE; 256]) });
        number
    }
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::*;
    use crate::rules::steps::Step;
    use crate::rules::{Rule, Shape};

    #[test]
    fn a_match_ends_at_the_same_place_however_few_sets_are_kept() {
        let mut random = fastrand::Rng::with_seed(5);
        let mut short = [0, 1, 7, 40].map(Sets::at_most);
        for (rule, of) in Rule::all().iter().enumerate() {
            let Shape::Steps([.., Step::Tree(tree)]) = &of.shape else { continue };
            let machine = Machine::new(tree);
            let mut sets = Sets::default();
            for _ in 0..8 {
                let (one, other) = (of.sample(&mut random), of.sample(&mut random));
                let cut = one.get(..random.usize(..=one.len())).unwrap_or_default();
                for text in [format!("{one} {other}"), format!("{cut}{other}{one}")] {
                    // What the tree matches begins behind the steps before it.
                    for start in 0..text.len().min(60) {
                        let expected = machine.end_of_match((&mut sets, rule), text.as_bytes(), start, |_, _| None);
                        for sets in &mut short {
                            let found = machine.end_of_match((&mut *sets, rule), text.as_bytes(), start, |_, _| None);
                            assert_eq!(found, expected, "{}", of.id);
                        }
                    }
                }
            }
        }
        assert!(short.iter().all(|sets| sets.sets.len() == sets.most));
    }
}
