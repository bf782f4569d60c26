//! Values that only a word beside them makes a key: "my Deepgram key is …", `MISTRAL_API_KEY=…`.
//!
//! Each word opens a window on both sides. Windows of one rule that touch become one, so that every place is tried once a
//! rule however often the word is repeated.

use std::collections::BTreeMap;
use std::ops::Range;

use super::REACH;
use super::boundary::is_word;
use crate::rules::steps::{Class, Step};
use crate::rules::words::Lead;
use crate::rules::{Near, Rule, Shape};

/// The context words of a text. Most words lead to several rules, so each place is kept once, with its word.
pub struct Words<'w> {
    by_word: BTreeMap<usize, (&'w [Lead], Vec<Range<u32>>)>,
}

/// A stretch of text near the words of one rule.
pub struct Window {
    /// Where values may begin.
    pub span: Range<usize>,
    /// The words, in the order of their ends.
    pub words: Vec<Range<usize>>,
}

/// No value that needs a word is longer, so a value before a word begins at most this far plus the reach before it.
pub const LONGEST_VALUE: usize = 256;

impl<'w> Words<'w> {
    pub fn new() -> Self {
        Self { by_word: BTreeMap::new() }
    }

    /// Notes a place of a word, which has a number and leads to rules. The places of one word come in the order of the text.
    pub fn add(&mut self, word: usize, place: Range<usize>, leads: &'w [Lead]) {
        // Texts are far shorter than four gigabytes.
        self.by_word.entry(word).or_insert((leads, Vec::new())).1.push(place.start as u32..place.end as u32);
    }

    /// The rules to which the words lead, by their indexes, each with the places of one word; those of one rule stand together.
    pub fn by_rule(&self) -> Vec<(usize, &[Range<u32>])> {
        let mut all: Vec<(usize, &[Range<u32>])> = Vec::new();
        for (leads, places) in self.by_word.values() {
            all.extend(leads.iter().filter_map(context).map(|rule| (rule, places.as_slice())));
        }
        all.sort_by_key(|(rule, _)| *rule);
        all
    }
}

impl Window {
    /// The windows of a rule, with the places of each of its words.
    pub fn all(rule: &Rule, words: &[(usize, &[Range<u32>])], length: usize) -> Vec<Window> {
        let places = words.iter().flat_map(|(_, places)| *places);
        let mut words: Vec<Range<usize>> = places.map(|place| place.start as usize..place.end as usize).collect();
        words.sort_by_key(|word| (word.start, word.end));
        let mut windows: Vec<Window> = Vec::new();
        for word in words {
            let before = match rule.near {
                Near::Assignment => word.end,
                Near::Anywhere | Near::Credential => word.start.saturating_sub(REACH + LONGEST_VALUE),
            };
            let span = before..(word.end + REACH + 1).min(length);
            match windows.last_mut() {
                Some(last) if span.start <= last.span.end => {
                    last.span.start = last.span.start.min(span.start);
                    last.span.end = last.span.end.max(span.end);
                    last.words.push(word);
                }
                _ => windows.push(Window { span, words: vec![word] }),
            }
        }
        // A word can end inside a longer one that begins before it.
        windows.iter_mut().for_each(|window| window.words.sort_by_key(|word| word.end));
        windows
    }
}

fn context(lead: &Lead) -> Option<usize> {
    match *lead {
        Lead::Context(rule) => Some(rule),
        Lead::Literal(_) => None,
    }
}

/// The places of a text where a value of a rule could begin, because so many bytes from there on can stand in one. Of a stretch
/// that cannot hold a value only every so manieth byte is looked at.
pub struct Stretches<'a> {
    text: &'a [u8],
    class: Class,
    least: usize,
    /// From the last place that was given up to here everything is of the class.
    good: usize,
}

impl<'a> Stretches<'a> {
    pub fn new(rule: &Rule, text: &'a [u8]) -> Self {
        let mut class = Class::default();
        let least = match &rule.shape {
            Shape::Steps(steps) => least_of(steps, &mut class),
            #[cfg(feature = "company")]
            Shape::Pattern(pattern) => {
                class.add(pattern.alphabet());
                Some(pattern.least())
            }
        };
        // Of what a machine matches nothing is known here.
        let Some(least) = least else { return Self { text, class: Class([u64::MAX; 4]), least: 1, good: 0 } };
        Self { text, class, least: least.max(1), good: 0 }
    }

    /// The first place in a span. Spans come in the order in which they begin.
    pub fn first(&mut self, span: Range<usize>) -> Option<usize> {
        let mut start = span.start;
        while start < span.end {
            let end = start + self.least;
            let known = self.good.clamp(start, end);
            match self.text.get(known..end)?.iter().rposition(|&byte| !self.class.has(byte)) {
                None => {
                    self.good = self.good.max(end);
                    return Some(start);
                }
                Some(other) => {
                    start = known + other + 1;
                    self.good = end;
                }
            }
        }
        None
    }
}

/// The fewest bytes of a match, and adds to a set what can stand in one; none where that is not known.
fn least_of(steps: &[Step], class: &mut Class) -> Option<usize> {
    steps.iter().try_fold(0, |sum, step| {
        let least = match *step {
            Step::Literal(literal) => {
                class.add_all(literal);
                literal.len()
            }
            Step::OneOf(literals) => {
                literals.iter().for_each(|literal| class.add_all(literal));
                literals.iter().map(|literal| literal.len()).min().unwrap_or(0)
            }
            Step::Run { class: run, least, .. } => {
                class.add(run);
                least
            }
            Step::Any(ways) => {
                ways.iter().try_fold(usize::MAX, |fewest, way| Some(fewest.min(least_of(way, class)?)))?
            }
            Step::Tree(_) => return None,
        };
        Some(sum + least)
    })
}

/// What can stand between a sign that assigns and a value.
const OPENING: &[u8] = b"=:>, \t\r\n\"'`\\([";

/// Whether a name could stand before a value as its rule asks for, by what stands directly before it: a sign that assigns. It
/// spares a look at the value, and in prose at nearly all of them.
pub fn may_be_near(rule: &Rule, text: &[u8], value: usize) -> bool {
    let mut opening = text[..value].iter().rev().take(REACH).take_while(|byte| OPENING.contains(byte));
    rule.near != Near::Assignment || opening.any(|byte| b"=:>,".contains(byte))
}

/// Whether one of the words stands near a value in the way that its rule asks for.
pub fn near_enough(rule: &Rule, text: &[u8], words: &[Range<usize>], value: &Range<usize>) -> bool {
    // Words are sorted by their ends, so only the ones around the value need a look.
    let after = words.partition_point(|word| word.end <= value.start);
    let before = words[..after].iter().rev().take_while(|word| value.start - word.end <= REACH);
    let assigned = || before.clone().any(|word| assigns(&text[word.end..value.start]));
    let beside = || {
        before.clone().next().is_some()
            || words[after..]
                .iter()
                .find(|word| word.start >= value.end)
                .is_some_and(|word| word.start - value.end <= REACH)
    };
    match rule.near {
        Near::Anywhere => beside(),
        Near::Assignment => assigned(),
        Near::Credential => assigned() || (beside() && calls_it_a_credential(text, value)),
    }
}

/// What people call a credential, in lower case.
const CREDENTIALS: &[&str] = &[
    "key",
    "keys",
    "apikey",
    "token",
    "tokens",
    "secret",
    "secrets",
    "password",
    "passwd",
    "credential",
    "credentials",
    "auth",
    "oauth",
    "authorization",
    "bearer",
    "-u",
];

/// Whether a word for a credential stands within reach of a value. It tells a key from a commit, a hash or an identifier of
/// the same shape beside the same provider's name.
fn calls_it_a_credential(text: &[u8], value: &Range<usize>) -> bool {
    let reach = |span: Range<usize>| {
        span.into_iter().any(|at| {
            // What they begin with.
            b"katspcob-".contains(&text[at].to_ascii_lowercase())
                && CREDENTIALS.iter().any(|word| {
                    let place = at..at + word.len();
                    let here = text.get(place.clone()).is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()));
                    here && !text.get(place.end).is_some_and(u8::is_ascii_lowercase) && is_word(text, &place)
                })
        })
    };
    reach(value.start.saturating_sub(REACH)..value.start) || reach(value.end..(value.end + REACH).min(text.len()))
}

/// Whether what stands between a name and a value assigns the one to the other: the rest of the name, perhaps a quote or a
/// type, then `=`, `:`, `=>` or `:=`, then perhaps an opening quote. In XML it is the end of the tag, and the value may begin on
/// the next line. In a call, `set("name", "value")`, it is a comma between two quotes.
fn assigns(between: &[u8]) -> bool {
    let Some(sign) = between.iter().position(|byte| matches!(byte, b'=' | b':' | b'>' | b',')) else { return false };
    let (name, rest) = between.split_at(sign);
    let name_like = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.\"'`])} \t\\".contains(byte);
    let opening = |byte: &u8| match rest {
        [b'>', ..] => b"> \t\r\n".contains(byte),
        [b',', ..] => b", \t\"'`\\[".contains(byte),
        _ => b"=:> \t\"'`\\(".contains(byte),
    };
    let quote = |text: &[u8]| text.last().is_some_and(|byte| b"\"'`".contains(byte));
    let called = rest.first() != Some(&b',') || (quote(name) && quote(rest));
    called && name.iter().all(name_like) && rest.iter().all(opening)
}
