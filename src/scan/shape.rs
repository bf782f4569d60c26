//! Runs the shapes that the build script made of the patterns: steps for most, an automaton for the others.
//!
//! Both are constants of the program; nothing is built at run time. An automaton is checked once, when it is first used.

use std::sync::OnceLock;

use regex_automata::dfa::Automaton;
use regex_automata::dfa::sparse::DFA;
use regex_automata::{Anchored, Input};

use super::Work;
use crate::rules::{AUTOMATA, Rule, Shape, steps};

pub struct Shapes {
    automata: Vec<OnceLock<DFA<&'static [u8]>>>,
}

impl Shapes {
    pub fn new() -> Self {
        Self { automata: Rule::all().iter().map(|_| OnceLock::new()).collect() }
    }

    /// The end of the match of a rule's pattern that begins at `start`, as the `regex` crate would find it.
    pub fn longest_match(&self, index: usize, rule: &Rule, text: &[u8], start: usize, work: &Work) -> Option<usize> {
        #[cfg(not(feature = "company"))]
        let _ = work;
        let place = match &rule.shape {
            Shape::Steps(steps) => return steps::end_of_match(steps, text, start),
            #[cfg(feature = "company")]
            Shape::Pattern(pattern) => return pattern.end_of_match(text, start, work),
            Shape::Automaton(place) => place,
        };
        let automaton = self.automata[index].get_or_init(|| {
            let (automaton, _) = DFA::from_bytes(&AUTOMATA[place.clone()])
                .expect("the build script wrote this automaton with the same crate");
            automaton
        });
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let found = automaton.try_search_fwd(&input).expect("no automaton quits or refuses an anchored search");
        found.map(|found| found.offset())
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
                texts.extend(crate::sample::near_misses(&sample, &rule.pattern, &mut random));
                for text in texts {
                    let expected = oracle.find(text.as_bytes()).map(|found| found.end());
                    assert_eq!(
                        shapes.longest_match(index, rule, text.as_bytes(), 0, &Work::new(0)),
                        expected,
                        "{}",
                        rule.id
                    );
                }
            }
        }
    }
}
