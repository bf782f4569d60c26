//! One pass over a text that finds every word that leads to a rule, whatever its case.

use std::ops::Range;
use std::sync::OnceLock;

use crate::rules::words::{NONE, SHORTEST, Three, Word};
use crate::rules::{SLOTS, WORDS};

/// Calls `found` with each place of each word and the word's number, in the order in which they begin, and of those that begin
/// together the shorter first. They may overlap.
///
/// Linear: at each place at most the words of one slot are compared, and their number and lengths are constants.
pub fn words(text: &[u8], mut found: impl FnMut(usize, &'static Word, Range<usize>)) {
    let beginnings = Beginnings::shared();
    for (start, four) in text.array_windows::<4>().enumerate() {
        if beginnings.has(*four) {
            at(text, start, &mut found);
        }
    }
    for start in text.len().saturating_sub(3)..text.len() {
        at(text, start, &mut found);
    }
}

/// Compares the words that could begin at a place.
fn at(text: &[u8], start: usize, found: &mut impl FnMut(usize, &'static Word, Range<usize>)) {
    let rest = &text[start..];
    let Some(three) = rest.first_chunk::<SHORTEST>() else { return };
    let slot = three.iter().fold(Three::default(), |three, &byte| three.then(byte)).slot();
    let first = SLOTS[slot];
    if first == NONE {
        return;
    }
    let first = usize::from(first);
    for (word, index) in WORDS[first..].iter().zip(first..).take_while(|(word, _)| usize::from(word.slot) == slot) {
        // Most words part from the text soon, and the last byte of one is the likeliest to be another.
        let length = word.text.len();
        let same = |at: usize| rest[at].to_ascii_lowercase() == word.text.as_bytes()[at];
        if rest.len() >= length && same(length - 1) && (0..length - 1).all(same) {
            found(index, word, start..start + length);
        }
    }
}

/// Four bytes with which some word begins, as bits of a table that stays in a processor's first cache: it leaves one in thirty
/// places of a text to look at. Made at the first scan, in some microseconds.
struct Beginnings(Box<[u64; BITS / 64]>);

const BITS: usize = 1 << 16;

impl Beginnings {
    fn shared() -> &'static Self {
        static SHARED: OnceLock<Beginnings> = OnceLock::new();
        SHARED.get_or_init(Self::new)
    }

    fn new() -> Self {
        let mut bits = Box::new([0; BITS / 64]);
        let mut add = |four| {
            let bit = Self::bit(four);
            bits[bit / 64] |= 1 << (bit % 64);
        };
        for word in WORDS {
            let bytes = word.text.as_bytes();
            match bytes.first_chunk::<4>() {
                Some(&four) => add(four),
                // What stands behind a word of three is any byte.
                None => (0..=u8::MAX).for_each(|last| add([bytes[0], bytes[1], bytes[2], last])),
            }
        }
        Self(bits)
    }

    #[inline]
    fn has(&self, four: [u8; 4]) -> bool {
        let bit = Self::bit(four);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Bytes that differ in case only have the same bit.
    #[inline]
    fn bit(four: [u8; 4]) -> usize {
        // The bit by which capitals differ from small letters; what else it makes equal is told apart by comparison.
        let lower = u32::from_le_bytes(four) | 0x2020_2020;
        (lower.wrapping_mul(0x9e37_79b1) >> 16) as usize
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
        words(text.as_bytes(), |_, word, place| found.push((word.text, place.start)));
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
