//! One pass over a text that finds every word that leads to a rule, whatever its case.

use std::ops::Range;

use crate::rules::words::{NONE, SHORTEST, Three, Word};
use crate::rules::{SLOTS, WORDS};

/// Calls `found` for each place of each word, in the order in which they begin, and of those that begin together the shorter
/// first. They may overlap.
///
/// Linear: at each place at most the words of one slot are compared, and their number and lengths are constants.
pub fn words(text: &[u8], mut found: impl FnMut(&'static Word, Range<usize>)) {
    let mut three = Three::default();
    for (last, &byte) in text.iter().enumerate() {
        three = three.then(byte);
        let slot = three.slot();
        let first = SLOTS[slot];
        if first == NONE {
            continue;
        }
        let Some(rest) = (last + 1).checked_sub(SHORTEST).and_then(|start| text.get(start..)) else { continue };
        let start = text.len() - rest.len();
        for word in WORDS[usize::from(first)..].iter().take_while(|word| usize::from(word.slot) == slot) {
            // Byte by byte, because most words part from the text at their fourth.
            let here = rest.get(..word.text.len());
            if here.is_some_and(|here| here.iter().zip(word.text.bytes()).all(|(a, b)| a.to_ascii_lowercase() == b)) {
                found(word, start..start + word.text.len());
            }
        }
    }
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::words;
    use crate::rules::{Rule, WORDS};

    /// Each word at each place, one after the other.
    fn slowly(text: &str) -> Vec<(&'static str, usize)> {
        let text = text.to_ascii_lowercase();
        let mut found: Vec<_> = WORDS
            .iter()
            .flat_map(|word| {
                let at = (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(word.text.as_bytes()));
                at.map(|at| (word.text, at)).collect::<Vec<_>>()
            })
            .collect();
        found.sort_by_key(|&(word, at)| (at, word.len()));
        found
    }

    fn quickly(text: &str) -> Vec<(&'static str, usize)> {
        let mut found = Vec::new();
        words(text.as_bytes(), |word, place| found.push((word.text, place.start)));
        found
    }

    #[test]
    fn every_word_is_found_where_a_slow_search_finds_it() {
        let mut random = fastrand::Rng::with_seed(31);
        let mut texts: Vec<String> = vec![String::new(), "a".into(), "aw".into(), "AWS".into(), "awsawsaws".into()];
        for rule in Rule::all() {
            texts.push(format!("é{}\u{0}", rule.in_context(&rule.sample(&mut random))));
        }
        for _ in 0..200 {
            let piece = |random: &mut fastrand::Rng| {
                let word = WORDS[random.usize(..WORDS.len())].text;
                let end = random.usize(1..=word.len());
                if random.bool() { word[..end].to_uppercase() } else { word[word.len() - end..].to_string() }
            };
            texts.push((0..random.usize(1..12)).map(|_| piece(&mut random)).collect());
        }
        for text in texts {
            assert_eq!(quickly(&text), slowly(&text), "{text:?}");
        }
    }

    #[test]
    fn every_literal_and_every_context_word_is_in_the_table() {
        for rule in Rule::all() {
            for word in rule.literals.iter().chain(rule.context.iter()) {
                assert!(quickly(word).iter().any(|&(found, at)| found == *word && at == 0), "{word:?} of {}", rule.id);
            }
        }
    }
}
