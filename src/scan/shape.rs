//! Runs the shapes that the build script made of the patterns: steps, and a machine for what they cannot match.
//!
//! Both stand in the table of rules. A machine is put together when it is first used, which in most texts never happens.

use std::sync::OnceLock;

use super::Work;
use super::memory::{Key, Memory};
use crate::rules::machine::{Machine, Node};
use crate::rules::steps::{self, Class, Reader, Step};
use crate::rules::{Rule, Shape};

pub struct Shapes {
    machines: Vec<OnceLock<Machine>>,
    /// The longest match of each shape where that is bounded, once somebody asks.
    longest: OnceLock<Vec<usize>>,
}

impl Shapes {
    pub fn new() -> Self {
        Self { machines: Rule::all().iter().map(|_| OnceLock::new()).collect(), longest: OnceLock::new() }
    }

    /// The end of the match of a rule's pattern that begins at `start`, as the `regex` crate would find it.
    pub fn longest_match(
        &self,
        index: usize,
        rule: &Rule,
        text: &[u8],
        start: usize,
        memory: &Memory,
        work: &Work,
    ) -> Option<usize> {
        #[cfg(not(feature = "company"))]
        let _ = work;
        match &rule.shape {
            Shape::Steps(steps) => {
                steps::end_of_match_by(steps, text, start, &Remembering { shapes: self, index, memory })
            }
            #[cfg(feature = "company")]
            Shape::Pattern(pattern) => pattern.end_of_match(text, start, work, |end| memory.reads_to(end)),
        }
    }

    /// The end of what was read for the match that was tried last, at `start`. Never too near.
    pub fn end_of_read(&self, index: usize, start: usize, memory: &Memory) -> usize {
        let longest = |rule: &Rule| match &rule.shape {
            Shape::Steps(steps) => steps::longest(steps),
            #[cfg(feature = "company")]
            // It says so itself.
            Shape::Pattern(_) => 0,
        };
        let all = self.longest.get_or_init(|| Rule::all().iter().map(longest).collect());
        memory.end_of_read().max(start) + all.get(index).copied().unwrap_or_default()
    }
}

/// Reads no stretch of a text over and over for one rule.
struct Remembering<'a> {
    shapes: &'a Shapes,
    index: usize,
    memory: &'a Memory,
}

impl Reader for Remembering<'_> {
    fn end_of_run(&self, class: &'static Class, text: &[u8], from: usize) -> usize {
        self.memory.end_of_run(Key::Class(std::ptr::from_ref(class) as usize), text, from, |byte| class.has(byte))
    }

    fn end_of_tree(&self, tree: &'static Node, text: &[u8], from: usize) -> Option<usize> {
        let machine = self.shapes.machines[self.index].get_or_init(|| Machine::new(tree));
        self.memory.end_of_walk(self.index, machine, text, from)
    }
}

/// Whether a match can begin with the byte at `start`, as far as one look can tell.
pub fn can_begin(rule: &Rule, text: &[u8], start: usize) -> bool {
    match &rule.shape {
        Shape::Steps([Step::Run { class, least: 1.., .. }, ..]) => text.get(start).is_some_and(|&byte| class.has(byte)),
        _ => true,
    }
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::*;

    /// A shape must end a match where the `regex` crate ends it, on samples, on pieces of them and on other text.
    #[test]
    fn every_shape_agrees_with_the_regex_crate() {
        let shapes = Shapes::new();
        let mut random = fastrand::Rng::with_seed(21);
        for (index, rule) in Rule::all().iter().enumerate() {
            let oracle = regex::bytes::RegexBuilder::new(&format!("^(?:{})", rule.pattern))
                .unicode(false)
                .build()
                .expect("the build script has parsed every pattern");
            for _ in 0..20 {
                let sample = rule.sample(&mut random);
                let cut = random.usize(..sample.len());
                let mut texts = vec![
                    sample.clone(),
                    format!("{sample}{sample}"),
                    format!("{sample} \u{e9}."),
                    sample[..cut].to_string(),
                ];
                // What a machine could mistake: its ways cross where pieces of matches follow each other.
                for _ in 0..6 {
                    let other = rule.sample(&mut random);
                    let (from, to) = (random.usize(..=other.len()), random.usize(..=sample.len()));
                    let piece = other.get(from..).unwrap_or_default();
                    let start = sample.get(..to).unwrap_or_default();
                    texts.extend([format!("{start}{piece}"), format!("{start}{piece}{sample}"), piece.repeat(3)]);
                }
                texts.extend(crate::sample::near_misses(&sample, &rule.pattern, &mut random));
                for text in texts {
                    let expected = oracle.find(text.as_bytes()).map(|found| found.end());
                    assert_eq!(
                        shapes.longest_match(index, rule, text.as_bytes(), 0, &Memory::default(), &Work::new(0)),
                        expected,
                        "{}",
                        rule.id
                    );
                }
            }
        }
    }
}
