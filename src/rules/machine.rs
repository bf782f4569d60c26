//! The shape of a token where steps cannot match it: its syntax tree, and a machine that follows all of its ways through
//! a text at once.
//!
//! A step never gives back what it took (`steps.rs`), and some patterns need that: `[A-Za-z0-9]{20,74}T3[A-Za-z0-9]+`. The
//! machine is Thompson's: it goes through the text once, byte by byte, with the list of all places of the pattern where a match
//! could be. They are in the order in which a regular expression engine would try them, and what stands behind a place at which
//! the pattern ends is dropped, so that the match ends where such an engine ends it
//! (<https://swtch.com/~rsc/regexp/regexp2.html>). Time is that of the text times the places, whatever the text.
//!
//! Which places follow a set of places at a byte is kept (`machine/sets.rs`), so that it is worked out once.
//!
//! Rejected: automata made by the build script. They are quicker on long texts, but a shape runs where its literal stands, over a
//! few dozen bytes; and they took up half of the WebAssembly module.

mod sets;

pub use sets::Sets;

use super::steps::Class;

/// A syntax tree.
pub enum Node {
    /// These bytes.
    Literal(&'static [u8]),
    /// A byte of a class.
    Class(&'static Class),
    /// One behind the other.
    All(&'static [Node]),
    /// The first that leads to a match.
    One(&'static [Node]),
    /// So many, and as many more as there are, or for a lazy one as few.
    Repeat { node: &'static Node, least: u32, most: Option<u32>, greedy: bool },
}

/// The places of a syntax tree, one behind the other.
pub struct Machine {
    places: Vec<Place>,
}

enum Place {
    Byte(u8),
    Class(&'static Class),
    /// Goes on at both, preferably at the first.
    Fork(usize, usize),
    End,
}

impl Machine {
    /// The machine of a tree.
    #[must_use]
    pub fn new(tree: &Node) -> Self {
        let mut machine = Self { places: Vec::new() };
        machine.push(tree);
        machine.places.push(Place::End);
        machine
    }

    fn push(&mut self, node: &Node) {
        match *node {
            Node::Literal(bytes) => self.places.extend(bytes.iter().map(|&byte| Place::Byte(byte))),
            Node::Class(class) => self.places.push(Place::Class(class)),
            Node::All(nodes) => nodes.iter().for_each(|node| self.push(node)),
            Node::One(nodes) => {
                let mut ends = Vec::new();
                for (index, node) in nodes.iter().enumerate() {
                    let fork = (index + 1 < nodes.len()).then(|| self.fork());
                    self.push(node);
                    if let Some(fork) = fork {
                        ends.push(self.fork());
                        self.join(fork, true);
                    }
                }
                let behind = self.places.len();
                ends.into_iter().for_each(|end| self.places[end] = Place::Fork(behind, behind));
            }
            Node::Repeat { node, least, most, greedy } => {
                (0..least).for_each(|_| self.push(node));
                match most {
                    None => {
                        let fork = self.fork();
                        self.push(node);
                        self.places.push(Place::Fork(fork, fork));
                        self.join(fork, greedy);
                    }
                    Some(most) => {
                        let mut forks = Vec::new();
                        for _ in least..most {
                            forks.push(self.fork());
                            self.push(node);
                        }
                        forks.into_iter().for_each(|fork| self.join(fork, greedy));
                    }
                }
            }
        }
    }

    /// A fork to be joined later.
    fn fork(&mut self) -> usize {
        self.places.push(Place::End);
        self.places.len() - 1
    }

    /// Lets a fork go on right behind it, or at the next place to come.
    fn join(&mut self, fork: usize, greedy: bool) {
        let (inside, behind) = (fork + 1, self.places.len());
        self.places[fork] = if greedy { Place::Fork(inside, behind) } else { Place::Fork(behind, inside) };
    }

    /// The end of the match that begins at `start`. In front of each byte `known` may say how it ended before with these places
    /// there: where the last match ended that goes beyond, or that none did.
    #[must_use]
    pub fn end_of_match(
        &self,
        (sets, rule): (&mut Sets, usize),
        text: &[u8],
        start: usize,
        mut known: impl FnMut(usize, &[usize]) -> Option<Option<usize>>,
    ) -> Option<usize> {
        let mut end = None;
        let mut here = sets.first(self, rule);
        for at in start.. {
            let places = sets.places(here);
            let Some(&last) = places.last() else { break };
            if let Some(behind) = known(at, places) {
                return behind.or(end);
            }
            if last == self.places.len() - 1 {
                end = Some(at);
            }
            let Some(&byte) = text.get(at) else { break };
            here = sets.then(self, rule, here, byte);
        }
        end
    }

    /// The places behind a byte. Behind the end of a match there are none: those before it are tried first.
    fn step(&self, places: &[usize], byte: u8, ways: &mut Ways) {
        ways.clear(self.places.len());
        for &place in places {
            let goes_on = match self.places[place] {
                Place::Byte(wanted) => byte == wanted,
                Place::Class(class) => class.has(byte),
                Place::Fork(..) | Place::End => false,
            };
            if goes_on {
                self.follow(place + 1, ways);
            }
        }
    }

    /// Adds a place, or what its forks lead to, in the order of preference, up to the end of the pattern.
    fn follow(&self, place: usize, ways: &mut Ways) {
        let end = self.places.len() - 1;
        if ways.places.last() == Some(&end) {
            return;
        }
        ways.open.clear();
        ways.open.push(place);
        while let Some(place) = ways.open.pop() {
            if std::mem::replace(&mut ways.seen[place], ways.round) == ways.round {
                continue;
            }
            match self.places[place] {
                Place::Fork(first, second) => ways.open.extend([second, first]),
                _ => ways.places.push(place),
            }
            if place == end {
                return;
            }
        }
    }
}

/// The places at which a match could be.
#[derive(Default)]
struct Ways {
    places: Vec<usize>,
    /// The round in which each place was seen last.
    seen: Vec<usize>,
    round: usize,
    /// Places that are still to be followed.
    open: Vec<usize>,
}

impl Ways {
    /// Makes it empty, for a machine of so many places.
    fn clear(&mut self, places: usize) {
        self.places.clear();
        self.seen.resize(places.max(self.seen.len()), 0);
        self.round += 1;
    }
}
