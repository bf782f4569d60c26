//! Values that only a word beside them makes a key: "my Deepgram key is …", `MISTRAL_API_KEY=…`.
//!
//! Each word opens a window on both sides. Windows of one rule that touch become one, so that every place is tried once a
//! rule however often the word is repeated.

use std::collections::BTreeMap;
use std::ops::Range;

use super::REACH;
use super::boundary::is_word;
use crate::rules::{Near, Rule};

/// A stretch of text near the words of one rule.
pub struct Window {
    /// Where values may begin.
    pub span: Range<usize>,
    /// The words, in the order of their ends.
    pub words: Vec<Range<usize>>,
}

/// Windows by rule.
pub struct Windows {
    by_rule: BTreeMap<usize, Vec<Window>>,
}

/// No value that needs a word is longer, so a value before a word begins at most this far plus the reach before it.
const LONGEST_VALUE: usize = 256;

impl Windows {
    pub fn new() -> Self {
        Self { by_rule: BTreeMap::new() }
    }

    /// Notes a context word of a rule. Words come in the order in which they begin.
    pub fn add(&mut self, index: usize, rule: &Rule, word: Range<usize>, length: usize) {
        let before = match rule.near {
            Near::Assignment => word.end,
            Near::Anywhere | Near::Credential => word.start.saturating_sub(REACH + LONGEST_VALUE),
        };
        let span = before..(word.end + REACH + 1).min(length);
        let windows = self.by_rule.entry(index).or_default();
        match windows.last_mut() {
            Some(last) if span.start <= last.span.end => {
                last.span.start = last.span.start.min(span.start);
                last.span.end = last.span.end.max(span.end);
                last.words.push(word);
            }
            _ => windows.push(Window { span, words: vec![word] }),
        }
    }

    pub fn merged(self) -> impl Iterator<Item = (usize, Window)> {
        self.by_rule.into_iter().flat_map(|(rule, windows)| {
            windows.into_iter().map(move |mut window| {
                // A word can end inside a longer one that begins before it.
                window.words.sort_by_key(|word| word.end);
                (rule, window)
            })
        })
    }
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
            CREDENTIALS.iter().any(|word| {
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
