//! A company's own rules: the schema of `src/rules/*.toml`, compiled at run time.
//!
//! A rule that cannot be used is refused by name, with a reason that says what to do; all others work. What a rule may cost is
//! limited when it is read ([`LONGEST_PATTERN`], [`MOST_STATES`], [`LONGEST_MATCH`] and the rest), and what a scan may cost is
//! limited whatever the rules are (`src/scan/work.rs`), so that no pattern slows a scan beyond a time linear in the text.
//!
//! The words of all rules stand in one sorted list. A place of a text is looked up by its first three bytes, in a table that tells nearly
//! all places apart, and what is left by narrowing the list byte by byte: what a place costs depends on the length of the words and
//! hardly on their number. What shares a slot of the table is sorted too, so that whoever writes the rules and puts everything into one
//! gains nothing. Nothing is leaked: the rules are freed with their set.
//!
//! What compiles them (the parser of patterns, `regex`, `toml`) is as large as all the rest of the engine, so it is behind the feature
//! `company`; without it there are no such rules.
//!
//! Rejected: the table of slots that built-in words have (`src/scan/lookup.rs`). It compares all words of a slot, and whoever
//! writes the rules could put every word into one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Rule;
use super::words::{Lead, SHORTEST};

#[cfg(feature = "company")]
mod compile;
#[cfg(feature = "company")]
pub use compile::{
    LONGEST_FIELD, LONGEST_FILE, LONGEST_PATTERN, MOST_LIST, MOST_RULES, MOST_STATES, MOST_STATES_IN_ALL, MOST_WORDS,
    Refused,
};

/// Rules that were made at run time, and the words that lead to them.
#[derive(Default)]
pub struct CustomRules {
    rules: Vec<Rule>,
    words: Words,
    /// Bytes of the longest context word.
    longest_word: usize,
    /// Bytes from the beginning of a match to the end of its literal, at most.
    farthest_literal: usize,
}

impl CustomRules {
    #[cfg(feature = "company")]
    fn new(rules: Vec<Rule>) -> Self {
        let longest = |words: &[super::Text]| words.iter().map(|word| word.len()).max().unwrap_or(0);
        Self {
            words: Words::new(&rules),
            longest_word: rules.iter().map(|rule| longest(&rule.context)).max().unwrap_or(0),
            farthest_literal: rules.iter().map(|rule| rule.offset.1 + longest(&rule.literals)).max().unwrap_or(0),
            rules,
        }
    }

    /// The rules that are used, in the order of their files.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What each frame's tripwire must look for: in lower case, one of them stands in every text in which one of these rules
    /// finds something that is not simply allowed.
    #[must_use]
    pub fn leads(&self) -> Vec<&str> {
        use super::Kind::{Live, Test};
        let heard = self.rules.iter().filter(|rule| matches!(rule.kind, Live | Test));
        let words: BTreeSet<&str> = heard.flat_map(|rule| words_of(rule).map(|(word, _)| word)).collect();
        words.into_iter().collect()
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Bytes of the longest context word.
    pub(crate) fn longest_word(&self) -> usize {
        self.longest_word
    }

    /// Bytes from the beginning of a match to the end of the literal that leads to it, at most.
    pub(crate) fn farthest_literal(&self) -> usize {
        self.farthest_literal
    }
}

/// The words that lead to a rule, with what they are to it.
fn words_of(rule: &Rule) -> impl Iterator<Item = (&str, fn(usize) -> Lead)> {
    let literals = rule.literals.iter().map(|word| (word.as_ref(), Lead::Literal as fn(usize) -> Lead));
    literals.chain(rule.context.iter().map(|word| (word.as_ref(), Lead::Context as fn(usize) -> Lead)))
}

/// The words of all rules, sorted.
#[derive(Default)]
pub(crate) struct Words {
    sorted: Vec<(Box<[u8]>, Vec<Lead>)>,
    /// The first three bytes of words, with the part of the list that begins with them, sorted by their slots, and in a slot by the bytes.
    beginnings: Vec<Beginning>,
    /// For each slot where its beginnings begin, and behind the last where they end; nothing where there are no words.
    slots: Vec<u16>,
}

struct Beginning {
    three: u32,
    first: u16,
    end: u16,
}

const SLOT_BITS: u32 = 12;

impl Words {
    /// The words of rules whose indexes follow those of the built-in ones.
    #[cfg(feature = "company")]
    fn new(rules: &[Rule]) -> Self {
        let mut leads: std::collections::BTreeMap<&str, Vec<Lead>> = std::collections::BTreeMap::new();
        for (index, rule) in rules.iter().enumerate() {
            for (word, lead) in words_of(rule) {
                leads.entry(word).or_default().push(lead(Rule::all().len() + index));
            }
        }
        let sorted: Vec<(Box<[u8]>, Vec<Lead>)> =
            leads.into_iter().map(|(word, leads)| (word.as_bytes().into(), leads)).collect();
        let mut beginnings: Vec<Beginning> = Vec::new();
        for (index, (word, _)) in sorted.iter().enumerate() {
            let (three, index) = (three(word, 0).unwrap_or(0), index as u16);
            match beginnings.last_mut() {
                Some(last) if last.three == three => last.end = index + 1,
                _ => beginnings.push(Beginning { three, first: index, end: index + 1 }),
            }
        }
        beginnings.sort_by_key(|beginning| (slot(beginning.three), beginning.three));
        let slots = (0..=1 << SLOT_BITS)
            .map(|number| beginnings.partition_point(|beginning| slot(beginning.three) < number) as u16);
        Self { slots: if sorted.is_empty() { Vec::new() } else { slots.collect() }, sorted, beginnings }
    }

    /// The words with what they lead to.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[Lead])> {
        self.sorted.iter().map(|(word, leads)| (&**word, &**leads))
    }

    /// The part of the list whose words begin with the three bytes at a place.
    #[inline]
    fn beginning(&self, text: &[u8], start: usize) -> Option<&Beginning> {
        let three = three(text, start)?;
        let slot = slot(three);
        let here = usize::from(*self.slots.get(slot)?)..usize::from(*self.slots.get(slot + 1)?);
        let here = &self.beginnings[here];
        here.binary_search_by_key(&three, |beginning| beginning.three).ok().map(|found| &here[found])
    }

    /// Calls `found` with each word that begins at a place, its number and what it leads to, the shorter first, until it says `false`;
    /// whether it never did.
    pub fn at<'w>(
        &'w self,
        text: &[u8],
        start: usize,
        mut found: impl FnMut(usize, &'w [Lead], Range<usize>) -> bool,
    ) -> bool {
        let Some(&Beginning { first, end, .. }) = self.beginning(text, start) else { return true };
        let (mut first, end) = (usize::from(first), usize::from(end));
        // All words of the part begin with the bytes of the text up to the depth, so one that ends there comes first.
        let mut part = &self.sorted[first..end];
        let mut depth = SHORTEST;
        loop {
            match part.split_first() {
                None => return true,
                Some(((word, leads), longer)) if word.len() == depth => {
                    if !found(first, leads, start..start + depth) {
                        return false;
                    }
                    part = longer;
                    first += 1;
                    continue;
                }
                Some(_) => {}
            }
            let Some(byte) = text.get(start + depth).map(u8::to_ascii_lowercase) else { return true };
            let low = part.partition_point(|(word, _)| word[depth] < byte);
            let high = part.partition_point(|(word, _)| word[depth] <= byte);
            part = &part[low..high];
            first += low;
            depth += 1;
        }
    }
}

/// The three bytes at a place as a number, in lower case.
#[inline]
fn three(text: &[u8], start: usize) -> Option<u32> {
    let &[first, second, third] = text.get(start..)?.first_chunk::<SHORTEST>()?;
    let lower = |byte: u8| byte.to_ascii_lowercase();
    Some(u32::from_le_bytes([lower(first), lower(second), lower(third), 0]))
}

/// The factor is the one of Fibonacci hashing, as in `src/scan/lookup.rs`.
#[inline]
fn slot(three: u32) -> usize {
    (three.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)) as usize
}
