//! One pass over a text that finds every word that leads to a rule, whatever its case.
//!
//! Most words count only where a word begins: a context word by `boundary::is_word`, and a literal by `boundary::left` unless a
//! checksum could still make a token of it. So a pass over blocks of bytes tells where words begin ([`Masks`]), one place in seven of
//! a text, and only there four bytes are looked up in a table that stays in a processor's first cache. The few other words are looked
//! for by the three bytes in them that are rarest, at every other place by two of those and what follows them. What is left, one
//! place in fifty, is compared with the words themselves, first by a few bytes that stand beside the number of the word.
//!
//! The cost of a text hardly grows with the number of words: more words set more bits, and what they add is what they find.

use std::ops::Range;
use std::sync::OnceLock;

use super::boundary::begins_word;
use super::masks::{BLOCK, Masks};
use crate::rules::words::{Lead, SHORTEST, Word};
use crate::rules::{CustomRules, Rule, words};

/// Where a word begins, and in the lowest bits its number: many are sorted, and one number is compared faster than two.
type Hit = u64;

const WORD_BITS: u32 = 16;

/// What leads to rules.
pub enum Found {
    /// A built-in word, by its number, and where it stands.
    Word(usize, Range<usize>),
    /// Where a word of the other rules may begin, by its first bytes.
    Place(usize),
}

/// Where the words of all rules stand in a text.
pub struct Lookup {
    words: &'static [Word],
    /// The beginnings of words that count only where a word begins.
    beginnings: Set,
    /// Three bytes of each of the others.
    pieces: Set,
    /// The first two of those three with the third, and the last two with what follows them in the word.
    pairs: Set,
    /// The words by three of their bytes, sorted by their slots.
    entries: Vec<Entry>,
    /// For each slot where its entries begin, and behind the last where they end.
    slots: Vec<u16>,
    /// The beginnings of the words of rules that came at run time, where there are any.
    custom: Option<Set>,
}

struct Entry {
    /// The bytes of the word from the three on, as many as fit, and which bits of them count. Most places need no look at the word.
    head: u64,
    counts: u64,
    word: u16,
    /// How far behind the word's beginning the three bytes stand.
    offset: u8,
    length: u8,
}

/// Bytes that are looked at from the last place of a block.
const FOUR: usize = 4;
/// Bytes whose pairs are looked up together.
const STEP: usize = 16;
/// Places that are looked at before their words are handed over in order.
const CHUNK: usize = 1 << 14;
/// Three bytes of a word are not looked for farther behind its beginning.
const FARTHEST: usize = 24;
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 12;

impl Lookup {
    /// The words of the built-in rules. Made once, in some tens of microseconds.
    pub fn built_in() -> &'static Self {
        static SHARED: OnceLock<Lookup> = OnceLock::new();
        SHARED.get_or_init(|| Lookup::new(&CustomRules::default()))
    }

    /// The words of the built-in rules and of those that came at run time.
    pub fn new(custom: &CustomRules) -> Self {
        let words = words();
        let (mut beginnings, mut pieces, mut pairs) = (Set::new(), Set::new(), Set::new());
        let mut add_piece = |bytes: &[u8]| {
            let three = three(bytes);
            pieces.add(three, None);
            pairs.add(three & TWO, Some(bytes[2]));
            pairs.add(three >> 8, bytes.get(SHORTEST).copied());
        };
        let mut placed: Vec<(usize, Entry)> = Vec::with_capacity(words.len());
        for (number, word) in words.iter().enumerate() {
            let text = word.text.as_bytes();
            let mut offset = 0;
            if counts_where_a_word_begins(text, word.leads, Rule::all(), 0) {
                beginnings.add(three(text), text.get(SHORTEST).copied());
            } else {
                let places = 0..=(text.len() - SHORTEST).min(FARTHEST);
                offset = places.min_by_key(|&at| commonness(&text[at..at + SHORTEST])).unwrap_or(0);
                add_piece(&text[offset..]);
            }
            let from = &text[offset..];
            let counts = u64::MAX >> (8 * (8 - from.len().min(8)));
            let head = (eight(from, 0) | SMALL_EIGHT) & counts;
            let (word, offset, length) = (number as u16, offset as u8, text.len() as u8);
            placed.push((slot(three(from)), Entry { head, counts, word, offset, length }));
        }
        let mut others = (!custom.is_empty()).then(Set::new);
        for (text, leads) in custom.words().iter() {
            others.iter_mut().for_each(|others| others.add(three(text), text.get(SHORTEST).copied()));
            match counts_where_a_word_begins(text, leads, custom.rules(), Rule::all().len()) {
                true => beginnings.add(three(text), text.get(SHORTEST).copied()),
                false => add_piece(text),
            }
        }
        placed.sort_by_key(|(slot, _)| *slot);
        let slots = (0..=SLOTS).map(|slot| placed.partition_point(|(of, _)| *of < slot) as u16).collect();
        let entries = placed.into_iter().map(|(_, entry)| entry).collect();
        Self { words, beginnings, pieces, pairs, entries, slots, custom: others }
    }

    /// Calls `found` with what leads to rules: each built-in word in the order in which they begin, and of those that begin together
    /// the shorter first; and each place where one of the other words may begin, in their order.
    ///
    /// Linear: at each place at most the words of one slot are compared, and their number and lengths are constants.
    pub fn each(&self, text: &[u8], mut found: impl FnMut(Found)) {
        let mut hits: Vec<Hit> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        let mut before = Before::default();
        for start in (0..text.len()).step_by(CHUNK) {
            let end = text.len().min(start + CHUNK);
            let mut at = |place: usize| {
                self.compare(text, place, &mut hits);
                if self.custom.as_ref().is_some_and(|custom| custom.has_at(text, place)) {
                    places.push(place);
                }
            };
            self.at_beginnings(text, start..end, &mut before, &mut at);
            self.at_pieces(text, start..end, &mut at);
            // A place can be found both as the beginning of a word and by its three bytes.
            // Both lists are two sorted ones, one behind the other, which a stable sort merges.
            hits.sort();
            hits.dedup();
            places.sort();
            places.dedup();
            // A word that begins before the end may yet be found by what stands behind it.
            let done = if end == text.len() { end } else { end.saturating_sub(FARTHEST) };
            let ready = hits.partition_point(|hit| ((hit >> WORD_BITS) as usize) < done);
            for hit in hits.drain(..ready) {
                let (start, word) = ((hit >> WORD_BITS) as usize, (hit & ((1 << WORD_BITS) - 1)) as usize);
                found(Found::Word(word, start..start + self.words[word].text.len()));
            }
            places.drain(..).for_each(|place| found(Found::Place(place)));
        }
    }

    /// The places in a stretch of whole blocks where a word begins that could be one of ours.
    #[inline]
    fn at_beginnings(&self, text: &[u8], stretch: Range<usize>, before: &mut Before, at: &mut impl FnMut(usize)) {
        for start in stretch.clone().step_by(BLOCK) {
            let rest = &text[start..];
            match rest.first_chunk() {
                Some(block) => self.in_block(block, start, before, at),
                // The end of the text. No word begins with the zeros behind it, or goes on with them.
                None => {
                    let mut last = [0; BLOCK + FOUR];
                    last[..rest.len()].copy_from_slice(rest);
                    let mut within = |place| {
                        if place + SHORTEST <= text.len() {
                            at(place);
                        }
                    };
                    self.in_block(&last, start, before, &mut within);
                }
            }
        }
    }

    /// The same for a block, with what stands behind it.
    #[inline]
    fn in_block(&self, bytes: &[u8; BLOCK + FOUR], start: usize, before: &mut Before, at: &mut impl FnMut(usize)) {
        let Some(block) = bytes.first_chunk() else { return };
        let mut begins = before.then(Masks::of(block));
        // Nobody can tell which of them pass, a processor neither: so it is asked no such question until all are looked up.
        let mut passed = [0u8; BLOCK];
        let mut count = 0;
        while begins != 0 {
            let place = begins.trailing_zeros() as usize % BLOCK;
            begins &= begins - 1;
            let four = four(bytes, place);
            passed[count % BLOCK] = place as u8;
            count += usize::from(self.beginnings.has(four & THREE, (four >> 24) as u8));
        }
        for &place in &passed[..count] {
            at(start + usize::from(place));
        }
    }

    /// The places in a stretch where three bytes stand that could be of one of our words. The first two of any three or the last two
    /// begin at an even place, so only there two are looked up, with what follows them.
    #[inline]
    fn at_pieces(&self, text: &[u8], stretch: Range<usize>, at: &mut impl FnMut(usize)) {
        let mut place = stretch.start;
        while let Some(bytes) = text.get(place..).and_then(|rest| rest.first_chunk::<{ STEP + FOUR }>())
            && place + STEP <= stretch.end
        {
            let has = |even: usize| {
                let four = four(bytes, 2 * even);
                u32::from(self.pairs.has(four & TWO, (four >> 16) as u8)) << even
            };
            let mut any = (0..STEP / 2).fold(0, |any, even| any | has(even));
            while any != 0 {
                self.at_pair(text, place + 2 * any.trailing_zeros() as usize, &stretch, at);
                any &= any - 1;
            }
            place += STEP;
        }
        (place..=stretch.end).step_by(2).for_each(|pair| self.at_pair(text, pair, &stretch, at));
    }
    /// The places in a stretch where three bytes stand of which a pair is the first two or the last.
    fn at_pair(&self, text: &[u8], pair: usize, stretch: &Range<usize>, at: &mut impl FnMut(usize)) {
        for place in pair.saturating_sub(1).max(stretch.start)..(pair + 1).min(stretch.end) {
            if text.get(place..place + SHORTEST).is_some_and(|bytes| self.pieces.has_any(three(bytes))) {
                at(place);
            }
        }
    }

    /// Compares the words that could have the three bytes at a place.
    fn compare(&self, text: &[u8], place: usize, hits: &mut Vec<Hit>) {
        let slot = slot(three(&text[place..]));
        let here = eight(text, place) | SMALL_EIGHT;
        for entry in &self.entries[usize::from(self.slots[slot])..usize::from(self.slots[slot + 1])] {
            if here & entry.counts != entry.head {
                continue;
            }
            let Some(start) = place.checked_sub(usize::from(entry.offset)) else { continue };
            let Some(here) = text.get(start..start + usize::from(entry.length)) else { continue };
            let word = usize::from(entry.word);
            if here.eq_ignore_ascii_case(self.words[word].text.as_bytes()) {
                hits.push((start as Hit) << WORD_BITS | word as Hit);
            }
        }
    }
}

/// What stood before a block, as far as it decides where a word begins in it.
#[derive(Default)]
struct Before(Masks);

impl Before {
    /// The places of the next block where a word begins, or nearly: what was taken for one is told apart later.
    #[inline]
    fn then(&mut self, here: Masks) -> u64 {
        let Masks { letters, capitals, escapes } = here;
        let before = |mask: u64, last: u64, by: u32| mask << by | last >> (u64::BITS - by);
        let letter_before = before(letters, self.0.letters, 1);
        let small = letters & !capitals;
        let small_before = before(small, self.0.letters & !self.0.capitals, 1);
        // What stands behind the last byte is not known yet.
        let small_behind = small >> 1 | 1 << (u64::BITS - 1);
        let escaped = before(escapes, self.0.escapes, 2) | before(escapes, self.0.escapes, 3);
        self.0 = here;
        letters & (!letter_before | (capitals & (small_before | small_behind)) | escaped)
    }
}

/// Whether a word counts only where [`Before::then`] says that a word begins.
fn counts_where_a_word_begins(word: &[u8], leads: &[Lead], rules: &[Rule], first: usize) -> bool {
    let bound = |lead: &Lead| match *lead {
        Lead::Context(_) => true,
        Lead::Literal(rule) => begins_word(&rules[rule - first]),
    };
    word[0].is_ascii_alphabetic() && leads.iter().all(bound)
}

/// How common three bytes are in texts, by how common each is; only the order counts.
fn commonness(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .map(|byte| match byte {
            b'e' | b't' | b'a' | b' ' => 12,
            b'o' | b'i' | b'n' | b's' | b'r' => 10,
            b'l' | b'd' | b'c' | b'u' | b'm' | b'p' | b'f' | b'h' | b'_' | b'/' | b':' | b'"' => 7,
            b'g' | b'y' | b'b' | b'w' | b'v' | b'x' | b'-' | b'0' | b'1' => 4,
            _ => 2,
        })
        .sum()
}

/// Eight bytes from a place on as a number; behind the end of the text stand zeros.
#[inline]
fn eight(text: &[u8], place: usize) -> u64 {
    let rest = &text[place..];
    match rest.first_chunk() {
        Some(&eight) => u64::from_le_bytes(eight),
        None => rest.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// Four bytes as a number, with those that differ in case only made equal.
#[inline]
fn four<const LENGTH: usize>(bytes: &[u8; LENGTH], place: usize) -> u32 {
    u32::from_le_bytes(std::array::from_fn(|byte| bytes[place + byte])) | SMALL_FOUR
}

/// Three bytes as a number, with those that differ in case only made equal. What else it makes equal is told apart by comparison.
#[inline]
fn three(bytes: &[u8]) -> u32 {
    match bytes {
        [first, second, third, ..] => u32::from_le_bytes([first | SMALL, second | SMALL, third | SMALL, 0]),
        _ => 0,
    }
}

/// The bit by which small letters differ from capitals.
const SMALL: u8 = 0x20;
const SMALL_FOUR: u32 = u32::from_le_bytes([SMALL; 4]);
const SMALL_EIGHT: u64 = u64::from_le_bytes([SMALL; 8]);
const TWO: u32 = 0xffff;
const THREE: u32 = 0xff_ffff;

/// The factor is the one of Fibonacci hashing, 2³² divided by the golden ratio, which spreads neighbouring numbers evenly.
#[inline]
fn hash(bytes: u32, bits: u32) -> usize {
    (bytes.wrapping_mul(0x9e37_79b1) >> (u32::BITS - bits)) as usize
}

fn slot(three: u32) -> usize {
    hash(three, SLOT_BITS)
}

/// A set of three bytes, each with some of the bytes that may follow: it may have more than was put into it, and never less. It
/// is a table of so few bytes that it stays in a processor's first cache.
struct Set(Box<[u8; 1 << SET_BITS]>);

const SET_BITS: u32 = 13;

impl Set {
    fn new() -> Self {
        Self(Box::new([0; 1 << SET_BITS]))
    }

    /// Adds three bytes before any other, or before one.
    fn add(&mut self, three: u32, following: Option<u8>) {
        self.0[hash(three, SET_BITS)] |= following.map_or(u8::MAX, Self::bit);
    }

    /// The lowest bits tell bytes apart, and are the same in small letters and capitals.
    #[inline]
    fn bit(following: u8) -> u8 {
        1 << (following & 7)
    }

    #[inline]
    fn has(&self, three: u32, following: u8) -> bool {
        self.0[hash(three, SET_BITS)] & Self::bit(following) != 0
    }

    /// Whether it has the three bytes at a place before what follows there.
    #[inline]
    fn has_at(&self, text: &[u8], place: usize) -> bool {
        let bytes = &text[place..];
        bytes.get(SHORTEST).is_none_or(|&following| self.has(three(bytes), following))
    }

    #[inline]
    fn has_any(&self, three: u32) -> bool {
        self.0[hash(three, SET_BITS)] != 0
    }
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::{BLOCK, CHUNK, Found, Lookup};
    use crate::proof::Outcome;
    use crate::rules::words::Lead;
    use crate::rules::{Rule, words};
    use crate::scan::boundary;

    /// Each word at each place, one after the other.
    fn slowly(text: &str) -> Vec<(&'static str, usize)> {
        let text = text.to_ascii_lowercase();
        let mut found: Vec<_> = words()
            .iter()
            .flat_map(|word| {
                let (bytes, word_bytes) = (text.as_bytes(), word.text.as_bytes());
                let at =
                    (0..text.len()).filter(|&at| bytes[at] == word_bytes[0] && bytes[at..].starts_with(word_bytes));
                at.map(|at| (word.text, at)).collect::<Vec<_>>()
            })
            .collect();
        found.sort_by_key(|&(word, at)| (at, word.len()));
        found
    }

    fn quickly(text: &str) -> Vec<(&'static str, usize)> {
        let mut found = Vec::new();
        Lookup::built_in().each(text.as_bytes(), |what| {
            if let Found::Word(word, place) = what {
                found.push((words()[word].text, place.start));
            }
        });
        found
    }

    /// What of it counts: a context word where it is a word, a literal where a token can begin.
    fn counts(text: &str, word: &str, at: usize) -> bool {
        let word = words().iter().find(|known| known.text == word).expect("it is a word");
        word.leads.iter().any(|lead| match *lead {
            Lead::Context(_) => boundary::is_word(text.as_bytes(), &(at..at + word.text.len())),
            Lead::Literal(rule) => {
                let rule = &Rule::all()[rule];
                !boundary::begins_word(rule) || boundary::left(rule, text.as_bytes(), at) == boundary::Fit::Free
            }
        })
    }

    fn assert_found(text: &str) {
        let (quickly, slowly) = (quickly(text), slowly(text));
        assert!(quickly.iter().is_sorted_by_key(|&(word, at)| (at, word.len())), "{text:?}");
        assert!(quickly.iter().all(|found| slowly.contains(found)), "{text:?}");
        let missed: Vec<_> = slowly.iter().filter(|found| !quickly.contains(found)).collect();
        assert!(missed.iter().all(|&&(word, at)| !counts(text, word, at)), "{missed:?} of {text:?}");
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
                let word = words()[random.usize(..words().len())].text;
                let end = random.usize(1..=word.len());
                if random.bool() { word[..end].to_uppercase() } else { word[word.len() - end..].to_string() }
            };
            texts.push((0..random.usize(1..12)).map(|_| piece(&mut random)).collect());
        }
        // Before a word may stand what belongs to a longer one, and an escape; and blocks and chunks end anywhere in it.
        for word in words() {
            let text = word.text;
            for before in ["", "x", "X", "_", "7", "\\n", "%3D", "\\", "\u{e9}", "a_x", "-"] {
                let title = format!("{}{}", text[..1].to_uppercase(), &text[1..]);
                texts.push(format!("{before}{text} {before}{} {before}{title}", text.to_uppercase()));
            }
        }
        texts.iter().for_each(|text| assert_found(text));
        for start in (BLOCK - 30..BLOCK + 2).step_by(3).chain((CHUNK - 30..CHUNK + 2).step_by(3)) {
            for text in texts.iter().step_by(if start < CHUNK / 2 { 199 } else { 9973 }) {
                assert_found(&format!("{}{text}", " ".repeat(start)));
            }
        }
    }

    #[test]
    fn a_proof_that_holds_is_one_that_can() {
        let mut random = fastrand::Rng::with_seed(12);
        for rule in Rule::all() {
            let Some(proof) = rule.proof.filter(|proof| !proof.can_hold()) else { continue };
            for _ in 0..8 {
                assert_ne!(proof.check(&rule.sample(&mut random), 0), Outcome::Holds, "{}", rule.id);
            }
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
