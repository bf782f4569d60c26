//! Recovery phrases of wallets: 12, 15, 18, 21 or 24 words of one list of 2048.
//!
//! Each word stands for eleven bits; the last bits, one for each three words, are the beginning of a SHA-256 of the others
//! (<https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki>). Only the English list is known here, the
//! one that the standard prints. A sum of four bits is weak, but a dozen words in a row that all belong to the list
//! are rare in themselves: prose has an article, an "and" or an ending among them.
//!
//! In `bip39.txt` each word stands without the letters that it has in common with the one before it, whose number is given
//! instead: a fifth less to download.
//!
//! A phrase has no beginning of its own that could lead to it, so this proof also finds its tokens. It reads a text once and
//! asks the list only about stretches of twelve and more words of fitting length. Words in alphabetical order are a piece of
//! a list and no phrase, and phrases of which everybody knows the example are no secret.

use std::ops::Range;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::Outcome;
use super::checksum::crc32;
use super::decoded::Decoded;
use super::random;

static LIST: &str = include_str!("bip39.txt");
/// Words of phrases.
const SIZES: [usize; 5] = [24, 21, 18, 15, 12];
const FEWEST: usize = 12;
/// Letters of words.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=8;
/// Words of the list that may stand around a phrase, because the sentence begins or goes on with them.
const AROUND: usize = 4;
/// White space and marks that may stand in a row between two words; the tripwire allows the same.
const MOST_SPACE: usize = 16;
const MOST_MARKS: usize = 3;
/// CRC-32 of the bits of the phrases that Truffle and Ganache print in their documentation and start with.
const DOCUMENTED: [u32; 2] = [0xf24f_6945, 0xc99f_d834];

/// Judges a phrase.
pub(super) fn check(token: &str) -> Outcome {
    let words: Vec<&str> =
        token.split(|character: char| !character.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let Some(numbers) = numbers(&words) else { return Outcome::Silent };
    if is_right(&numbers) && !is_known(&numbers) { Outcome::Holds } else { Outcome::Breaks }
}

/// How many words a phrase has.
pub(super) fn count(token: &str) -> usize {
    token.split(|character: char| !character.is_ascii_alphabetic()).filter(|word| !word.is_empty()).count()
}

/// A phrase of twelve words.
pub(super) fn complete(random: &mut impl FnMut() -> u64) -> String {
    phrase(Decoded::new(random::bytes(16, random)).bytes())
}

/// A phrase in a text.
pub(crate) struct Phrase {
    /// Where it stands.
    pub(crate) at: Range<usize>,
    /// Whether it stands alone, and not among other words of the list.
    pub(crate) alone: bool,
}

/// The phrases in a text whose checksum is right, in its order. `each` is told of all runs of words that could hold one.
///
/// A phrase takes up as many bytes as twelve short words, so one byte in so many tells that there is none: one that stands in no
/// phrase, or in a word that is not in the list. Only around a word of the list are its neighbours read.
pub(crate) fn find(text: &str, mut each: impl FnMut(Range<usize>)) -> Vec<Phrase> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // No phrase that is not found yet begins before this.
    let mut from = 0;
    while from + SHORTEST_PHRASE <= bytes.len() {
        let probe = from + SHORTEST_PHRASE - 1;
        let Some(letter) = bytes[probe..].iter().position(|byte| !may_separate(*byte)).map(|gap| probe + gap) else {
            break;
        };
        let word = word_around(bytes, letter);
        if number(&bytes[word.clone()]).is_some() {
            let words = neighbours(bytes, from, word);
            from = words[words.len() - 1].end;
            if words.len() >= FEWEST {
                each(words[0].start..from);
                let numbers: Vec<u16> = words.iter().filter_map(|word| number(&bytes[word.clone()])).collect();
                in_run(text, &words, &numbers, &mut found);
            }
        } else {
            from = word.end.max(letter + 1);
        }
    }
    found
}

/// Twelve words of three letters with a space between each two.
const SHORTEST_PHRASE: usize = FEWEST * (*LETTERS.start() + 1) - 1;

/// Whether a byte can stand between two words of a phrase; see [`separates`].
#[inline]
fn may_separate(byte: u8) -> bool {
    SEPARATES[usize::from(byte)]
}

static SEPARATES: [bool; 256] = {
    let mut separates = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        let marks = matches!(character, b'"' | b'\'' | b',' | b';' | b'.' | b')' | b':' | b'-' | b'*');
        separates[byte] = character.is_ascii_whitespace() || character.is_ascii_digit() || marks;
        byte += 1;
    }
    separates
};

/// The letters around a place, to the left no more of them than make a word.
fn word_around(bytes: &[u8], at: usize) -> Range<usize> {
    let letters = |byte: &&u8| byte.is_ascii_alphabetic();
    let behind = bytes[at..].iter().take_while(letters).count();
    let before =
        if behind == 0 { 0 } else { bytes[..at].iter().rev().take(*LETTERS.end()).take_while(letters).count() };
    at - before..at + behind
}

/// The words of the list that stand around one of them, with nothing between them but what stands between two words of a phrase.
fn neighbours(bytes: &[u8], from: usize, word: Range<usize>) -> Vec<Range<usize>> {
    let listed = |word: &Range<usize>| number(&bytes[word.clone()]).is_some();
    let mut words = vec![word.clone()];
    let mut first = word.clone();
    while let Some(gap) = bytes[from..first.start].iter().rposition(|&byte| !may_separate(byte)) {
        let before = word_around(bytes, from + gap);
        if !listed(&before) || !separates(&bytes[before.end..first.start]) {
            break;
        }
        words.push(before.clone());
        first = before;
    }
    words.reverse();
    let mut last = word;
    while let Some(gap) = bytes[last.end..].iter().position(|&byte| !may_separate(byte)) {
        let behind = word_around(bytes, last.end + gap);
        if !listed(&behind) || !separates(&bytes[last.end..behind.start]) {
            break;
        }
        words.push(behind.clone());
        last = behind;
    }
    words
}

/// Whether this may stand between two words of a phrase: marks and white space or a comma, perhaps the number of the word or
/// the sign of a list, perhaps a quotation mark.
fn separates(gap: &[u8]) -> bool {
    let run = |rest: &[u8], belongs: fn(&u8) -> bool| rest.iter().take_while(|byte| belongs(byte)).count();
    let marks = run(gap, |byte| matches!(byte, b'"' | b'\'' | b',' | b';'));
    let space = run(&gap[marks..], u8::is_ascii_whitespace);
    let rest = match gap {
        _ if (1..=MOST_SPACE).contains(&space) && marks <= MOST_MARKS => &gap[marks + space..],
        [b',', rest @ ..] | [b'"' | b'\'', b',', rest @ ..] => rest,
        _ => return false,
    };
    let digits = run(rest, u8::is_ascii_digit);
    let rest = match (digits, &rest[digits..]) {
        (1 | 2, [b'.' | b')' | b':', rest @ ..]) | (1 | 2, rest) => rest,
        (0, [b'-' | b'*', rest @ ..]) => rest,
        (0, rest) => rest,
        _ => return false,
    };
    let rest = &rest[run(rest, u8::is_ascii_whitespace).min(MOST_MARKS)..];
    matches!(rest, [] | [b'"' | b'\''])
}

/// Looks for phrases in neighbouring words of the list: the whole run, the lines of it, or a piece of it.
fn in_run(text: &str, words: &[Range<usize>], numbers: &[u16], found: &mut Vec<Phrase>) {
    let mut take = |place: Range<usize>, alone: bool| {
        let phrase = &numbers[place.clone()];
        let counts = is_right(phrase) && !is_known(phrase) && !phrase.is_sorted();
        if counts {
            found.push(Phrase { at: words[place.start].start..words[place.end - 1].end, alone });
        }
        counts
    };
    if take(0..numbers.len(), true) {
        return;
    }
    let ends_line = |place: &usize| text[words[place - 1].end..words[*place].start].contains('\n');
    let (mut by_line, mut start) = (false, 0);
    for end in 1..=numbers.len() {
        if end == numbers.len() || ends_line(&end) {
            by_line |= take(start..end, true);
            start = end;
        }
    }
    if by_line || numbers.len() > SIZES[0] + AROUND {
        return;
    }
    for size in SIZES.into_iter().filter(|size| *size < numbers.len() && numbers.len() - size <= AROUND) {
        if (0..=numbers.len() - size).any(|start| take(start..start + size, false)) {
            return;
        }
    }
}

/// Whether the words are as many as a phrase has and the last bits are the checksum of the others. Called from several places;
/// a copy of the hash in each would be a kilobyte.
#[inline(never)]
fn is_right(numbers: &[u16]) -> bool {
    if !SIZES.contains(&numbers.len()) {
        return false;
    }
    let bytes = bits(numbers);
    let entropy = numbers.len() * 4 / 3;
    let sum = numbers.len() / 3;
    match (bytes.bytes().split_at_checked(entropy), sum) {
        (Some((entropy, [last, ..])), 1..=8) => (last ^ Sha256::digest(entropy)[0]) >> (8 - sum) == 0,
        _ => false,
    }
}

/// Whether the phrase is an example: its bytes are all the same, or it says the same words again and again.
#[inline(never)]
fn is_known(numbers: &[u16]) -> bool {
    let bytes = bits(numbers);
    let distinct = numbers.iter().enumerate().filter(|&(place, number)| !numbers[..place].contains(number)).count();
    let entropy = bytes.bytes().get(..numbers.len() * 4 / 3).unwrap_or_default();
    let same = entropy.windows(2).all(|pair| pair[0] == pair[1]);
    same || distinct * 2 <= numbers.len() || DOCUMENTED.contains(&crc32(bytes.bytes()))
}

/// Eleven bits for each word, the last byte filled up with zeros.
fn bits(numbers: &[u16]) -> Decoded {
    let mut bytes = vec![0; (numbers.len() * 11).div_ceil(8)];
    for (place, number) in numbers.iter().enumerate() {
        for bit in (0..11).filter(|bit| number >> (10 - bit) & 1 == 1) {
            let at = place * 11 + bit;
            bytes[at / 8] |= 0x80 >> (at % 8);
        }
    }
    Decoded::new(bytes)
}

/// The phrase for 16, 20, 24, 28 or 32 bytes.
fn phrase(entropy: &[u8]) -> String {
    let all = Decoded::new([entropy, &Sha256::digest(entropy)[..1]].concat());
    let bit = |at: usize| u16::from(all.bytes()[at / 8] >> (7 - at % 8) & 1);
    let numbers: Vec<u16> = (0..entropy.len() * 3 / 4)
        .map(|word| (0..11).fold(0, |number, at| number << 1 | bit(word * 11 + at)))
        .collect();
    let words: Vec<String> =
        numbers.iter().filter_map(|&number| word(list().words.get(usize::from(number))?)).collect();
    words.join(" ")
}

fn numbers(words: &[&str]) -> Option<Vec<u16>> {
    if SIZES.contains(&words.len()) { words.iter().map(|word| number(word.as_bytes())).collect() } else { None }
}

/// A word's place in the list.
fn number(word: &[u8]) -> Option<u16> {
    LETTERS.contains(&word.len()).then(|| list().place(key(word)))?
}

/// A word in small letters as a number that sorts like it.
#[inline]
fn key(word: &[u8]) -> u64 {
    word.iter().take(8).fold(0, |key, &letter| key << 8 | u64::from(letter | 0x20)) << (8 * (8 - word.len().min(8)))
}

/// The word of a key.
fn word(key: &u64) -> Option<String> {
    let letters = key.to_be_bytes();
    std::str::from_utf8(letters.split(|&letter| letter == 0).next()?).ok().map(str::to_owned)
}

/// Whether phrases are made of this word, among others.
#[cfg(test)]
pub(crate) fn is_listed(word: &str) -> bool {
    number(word.as_bytes()).is_some()
}

struct List {
    /// The keys of all words, in the order of the list, which is the alphabet's.
    words: Vec<u64>,
    /// The places of the words, or [`FREE`]: each in the slot of its first four letters, by which the words of the list differ, or in
    /// the next that was free.
    slots: Vec<u16>,
}

const SLOTS: usize = 1 << 13;
const FREE: u16 = u16::MAX;

impl List {
    fn slot(key: u64) -> usize {
        let four = (key >> 32) as u32;
        (four.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOTS.ilog2())) as usize
    }

    #[inline]
    fn place(&self, key: u64) -> Option<u16> {
        let from = Self::slot(key);
        let mut slots = self.slots[from..].iter().chain(&self.slots).take_while(|&&place| place != FREE);
        slots.find(|&&place| self.words[usize::from(place)] == key).copied()
    }
}

fn list() -> &'static List {
    static WORDS: OnceLock<List> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Vec::with_capacity(2048);
        let (mut letters, mut length) = ([0; 8], 0);
        for &byte in LIST.as_bytes() {
            if byte.is_ascii_digit() {
                words.extend((length > 0).then(|| key(&letters[..length])));
                length = usize::from(byte - b'0');
            } else if byte.is_ascii_lowercase() && length < letters.len() {
                letters[length] = byte;
                length += 1;
            }
        }
        words.push(key(&letters[..length]));
        let mut slots = vec![FREE; SLOTS];
        for (place, &key) in words.iter().enumerate() {
            let mut slot = List::slot(key);
            while slots[slot] != FREE {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = place as u16;
        }
        List { words, slots }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, bool)> {
        find(text, |_| {}).into_iter().map(|phrase| (&text[phrase.at], phrase.alone)).collect()
    }

    fn sample(bytes: usize, seed: u64) -> String {
        phrase(&random::bytes(bytes, &mut random::fixed(seed)))
    }

    #[test]
    fn vectors_of_bip_39() {
        // Entropy, first and last words of the vectors that the standard's authors publish.
        for (byte, length, first, last) in [
            (0x00, 16, "abandon", "about"),
            (0x7f, 16, "legal", "yellow"),
            (0x80, 16, "letter", "above"),
            (0xff, 16, "zoo", "wrong"),
            (0x7f, 24, "legal", "will"),
            (0x00, 32, "abandon", "art"),
            (0xff, 32, "zoo", "vote"),
        ] {
            let phrase = phrase(&vec![byte; length]);
            let words: Vec<&str> = phrase.split(' ').collect();
            assert_eq!((words.len(), words[0], words[words.len() - 1]), (length * 3 / 4, first, last));
            assert!(is_right(&numbers(&words).unwrap_or_default()));
            assert_eq!(check(&phrase), Outcome::Breaks, "everybody knows it");
            assert_eq!(found(&phrase), []);
        }
        assert_eq!(
            phrase(&[0x7f; 16]).split(' ').collect::<Vec<_>>()[..6],
            ["legal", "winner", "thank", "year", "wave", "sausage"]
        );
    }

    #[test]
    fn the_list_is_sorted_and_has_2048_words_of_three_to_eight_letters() {
        assert_eq!(list().words.len(), 2048);
        assert!(list().words.is_sorted());
        let words: Vec<String> = list().words.iter().filter_map(word).collect();
        assert!(words.iter().all(|word| LETTERS.contains(&word.len())));
        // The standard's file has one word a line.
        assert_eq!(crc32fast::hash((words.join("\n") + "\n").as_bytes()), 0xc1db_d296);
    }

    #[test]
    fn a_phrase_is_found_however_it_is_written_down() {
        for bytes in [16, 20, 24, 28, 32] {
            let phrase = sample(bytes, 127);
            assert_eq!(check(&phrase), Outcome::Holds);
            let words: Vec<&str> = phrase.split(' ').collect();
            let numbered = |mark: &str| {
                let lines = words.iter().enumerate().map(|(place, word)| format!("{}{mark}{word}", place + 1));
                lines.collect::<Vec<_>>().join("\n")
            };
            for text in [
                phrase.clone(),
                phrase.to_uppercase(),
                phrase.replace(' ', "\r\n"),
                phrase.replace(' ', ", "),
                phrase.replace(' ', ","),
                format!("[\"{}\"]", phrase.replace(' ', "\", \"")),
                format!("[\"{}\"]", phrase.replace(' ', "\",\"")),
                format!("[\n    '{}'\n]", phrase.replace(' ', "',\n    '")),
                numbered(". "),
                numbered(") "),
                numbered(": "),
                format!("- {}", phrase.replace(' ', "\n- ")),
            ] {
                let found = find(&text, |_| {});
                assert!(matches!(found.as_slice(), [Phrase { alone: true, .. }]), "{} words: {text}", words.len());
                assert_eq!(check(&text[found[0].at.clone()]), Outcome::Holds);
            }
        }
    }

    #[test]
    fn a_phrase_is_found_in_a_sentence_and_among_words_of_the_list() {
        let phrase = sample(16, 131);
        for (before, after, alone) in [
            ("my seed is: ", ". What now?", true),
            ("MNEMONIC=\"", "\"", true),
            ("the wallet ", " please", false),
            ("first line\n", "\nlast line", true),
        ] {
            assert_eq!(found(&format!("{before}{phrase}{after}")), [(phrase.as_str(), alone)], "{before}");
        }
        let two = [sample(16, 137), sample(32, 139)];
        assert_eq!(found(&two.join("\n")), [(two[0].as_str(), true), (two[1].as_str(), true)]);
    }

    #[test]
    fn one_wrong_word_or_an_order_breaks_a_phrase() {
        let phrase = sample(32, 149);
        let words: Vec<&str> = phrase.split(' ').collect();
        let wrong = (0..words.len()).filter(|&place| {
            let mut words = words.clone();
            words[place] = if words[place] == "zoo" { "zone" } else { "zoo" };
            check(&words.join(" ")) != Outcome::Breaks
        });
        assert_eq!(wrong.count(), 0, "an accident has probability 1 in 256 for each of them");
        assert_eq!(check(&words[1..].join(" ")), Outcome::Silent);
        assert_eq!(check(&phrase.replacen(' ', " and ", 1)), Outcome::Silent);
        let all: Vec<String> = list().words.iter().filter_map(word).collect();
        assert_eq!(found(&all.join("\n")), []);
        assert_eq!(found(&all.join(" ")), []);
        for known in [
            "candy maple cake sugar pudding cream honey rich smooth crumble sweet",
            "myth like bonus scare over problem client lizard pioneer submit female",
        ] {
            let last = if known.starts_with("candy") { "treat" } else { "collect" };
            let phrase = format!("{known} {last}");
            assert_eq!((check(&phrase), found(&phrase)), (Outcome::Breaks, vec![]), "it is printed in documentation");
        }
    }

    /// The phrases of a text, word by word.
    fn slowly(text: &str) -> Vec<Range<usize>> {
        let bytes = text.as_bytes();
        let (mut found, mut run, mut at) = (Vec::new(), Vec::<Range<usize>>::new(), 0);
        let mut take = |run: &mut Vec<Range<usize>>| {
            let numbers: Vec<u16> = run.iter().filter_map(|word| number(&bytes[word.clone()])).collect();
            in_run(text, run, &numbers, &mut found);
            run.clear();
        };
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let word = at..at + length;
            at = word.end.max(at + 1);
            if length == 0 {
                continue;
            }
            let goes_on = run.last().is_some_and(|last| separates(&bytes[last.end..word.start]));
            let listed = number(&bytes[word.clone()]).is_some();
            if !goes_on || !listed {
                take(&mut run);
            }
            run.extend(listed.then_some(word));
        }
        take(&mut run);
        found.into_iter().map(|phrase| phrase.at).collect()
    }

    #[test]
    fn what_reading_word_by_word_finds_is_found() {
        let mut random = random::fixed(151);
        let mut pick = |most: usize| (random() % most as u64) as usize;
        let mut any = 0;
        for seed in 0..4000 {
            let phrases = [sample(16, seed), sample(24, seed + 1)];
            let words: Vec<&str> = phrases.iter().flat_map(|phrase| phrase.split(' ')).collect();
            let mut text = String::new();
            for word in &words[..12 + 18 * pick(2)] {
                text.push_str(word);
                let odd = ["-", "", "\u{e9}", " and ", " unfortunately ", "  (", "                    ", "x "];
                text.push_str(if pick(30) == 0 { odd[pick(odd.len())] } else { [" ", ", ", "\n2. "][pick(3)] });
            }
            let text = format!(
                "{}{text}{}",
                &"see what is for ".repeat(9)[pick(144)..],
                &"one. two, (x) ".repeat(9)[pick(126)..]
            );
            let expected = slowly(&text);
            any += usize::from(!expected.is_empty());
            assert_eq!(find(&text, |_| {}).into_iter().map(|phrase| phrase.at).collect::<Vec<_>>(), expected, "{text}");
        }
        assert!(any > 400, "{any} texts with a phrase");
    }

    #[test]
    fn only_what_a_person_writes_between_words_separates_them() {
        for gap in
            [" ", "\n", ", ", ",", "\",\"", "\", \"", "\n12. ", "\n3) ", " 4: ", "\n- ", "\n* ", "',\n    '", "  "]
        {
            assert!(separates(gap.as_bytes()), "{gap:?}");
        }
        for gap in ["", ".", ". ", ": ", "=", "/", "-", "_", "\n123. ", "><", "();", " = ", "\u{e9}", " \u{e9} "] {
            assert!(!separates(gap.as_bytes()), "{gap:?}");
        }
        assert!(separates(" ".repeat(MOST_SPACE).as_bytes()));
        assert!(!separates(" ".repeat(MOST_SPACE + 1).as_bytes()));
    }
}
