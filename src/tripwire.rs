//! The tripwire: a small JavaScript test, generated from the rules, that each frame runs synchronously on what is pasted.
//!
//! A paste must be stopped at once or not at all, and the scanner cannot run in a page's frame, so the frame asks this test
//! first. It may hold too much, never too little: to whatever [`policy`](crate::policy) would not simply allow, it says yes. That follows from
//! how it is made. Each pattern is rendered as an expression for a *beginning* of its matches, so a text with a match
//! contains a match of the beginning. Boundaries, proofs and plausibility are left out; they only ever take findings away.
//!
//! Most texts hold no key, and for them the test must be quick. Nearly every token is a run of at least sixteen characters
//! that prose does not have, so the text is first split into such runs, which a regular expression engine does at the speed
//! of memory; the long alternation of all shapes then looks at the runs only. A pattern that begins with a class, and a value
//! that needs a word, are tried when their literal or word stands in the text, which is a search for plain characters.

mod beginning;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use beginning::{Beginning, beginning, union, unit};

use crate::proof::Proof;
use crate::rules::{Kind, Near, Rule, Text};
use crate::scan::view::{FULLWIDTH, INVISIBLE, LOOKALIKES};
use crate::scan::{DEEPEST, REACH, joined};

/// Characters of the shortest run that is looked at.
const RUN: u32 = 16;
/// Characters of runs: what tokens are made of.
const RUN_CLASS: &str = "\\w.\\-+/=:~%";

/// Characters of a run that is held whatever its shape, where it is assigned to a name that tells a provider: harmless values
/// there are shorter, and one expression for all of them is small.
const ASSIGNED: u32 = 20;

/// Characters of a literal or word that a frame looks for: the rest of it would hardly hold fewer texts.
const LEAD: usize = 7;

/// The module's text: `export function mayHoldSecret(text)`.
#[must_use]
pub fn module() -> String {
    let mut shapes = Vec::new();
    let mut spread = Vec::new();
    let (mut led, mut loose) = (Led::new(), Led::new());
    let (mut sealed, mut seals) = (Vec::new(), Vec::new());
    // Keys that are meant to be public are let go whatever the destination, so nothing is held for them.
    let held = Rule::all().iter().filter(|rule| matches!(rule.kind, Kind::Live | Kind::Test));
    for rule in held.filter(|rule| !rule.proof.is_some_and(Proof::finds_its_tokens)) {
        let value = beginning(&rule.pattern);
        let in_run = fits_a_run(&value);
        if rule.has_check_digits() {
            sealed.push(value.source.clone());
            seals.extend(rule.literals.iter().map(|literal| escape(literal)));
        }
        let leads = if rule.needs_context() { &rule.context } else { &rule.literals };
        match (rule.needs_context() || rule.offset.1 > 0, in_run) {
            (true, true) if rule.near == Near::Assignment && value.least >= ASSIGNED => {
                led.add(rule, leads, format!("[{RUN_CLASS}]{{{ASSIGNED}}}"));
            }
            (true, true) => led.add(rule, leads, value.source),
            (true, false) => loose.add(rule, leads, value.source),
            (false, true) => shapes.push(value.source),
            (false, false) => spread.push(value.source),
        }
    }
    for list in [&mut shapes, &mut spread, &mut sealed, &mut seals] {
        list.sort();
        list.dedup();
    }
    format!(
        include_str!("tripwire/module.js"),
        run_class = RUN_CLASS,
        run = RUN,
        shapes = union(&shapes.iter().map(String::as_str).collect::<Vec<_>>()),
        spread = spread.join("|"),
        sealed = union(&sealed.iter().map(String::as_str).collect::<Vec<_>>()),
        seals = union(&seals.iter().map(String::as_str).collect::<Vec<_>>()),
        parts = String::from_utf8_lossy(joined::PARTS).replace('\\', "\\\\"),
        deepest = DEEPEST,
        led = led.lines(),
        loose = loose.lines(),
        changed = changed_class(),
        fold = fold_table(),
        first = u32::from(FULLWIDTH.0),
        last = u32::from(FULLWIDTH.1),
        distance = FULLWIDTH.2,
        reach = REACH,
        phrase = phrase(),
    )
}

/// Words of three to eight letters that no recovery phrase holds, and of which hardly a sentence is without one. The frame
/// does not know the list of phrases' words, which is as large as everything else that it loads.
const COMMON: &[&str] = &[
    "after", "and", "are", "been", "being", "both", "but", "could", "data", "did", "does", "down", "each", "every",
    "files", "for", "from", "get", "had", "has", "her", "here", "him", "his", "how", "however", "its", "last", "let",
    "line", "lists", "made", "makes", "many", "may", "might", "most", "names", "needs", "new", "not", "numbers", "our",
    "out", "per", "see", "set", "shall", "she", "should", "string", "than", "the", "their", "them", "these", "those",
    "through", "too", "user", "users", "using", "value", "values", "via", "was", "were", "which", "while", "who",
    "with", "without", "would", "yes", "your",
];

/// Twelve words that could be of a recovery phrase, and between them what `src/proof/mnemonic.rs` lets separate them. No
/// text between two words can be read in two ways, so the time is that of twelve words at each place.
fn phrase() -> String {
    let word = format!("(?!(?:{})(?![a-z]))[a-z]{{3,8}}", COMMON.join("|"));
    let gap = r#"(?:["',;]{0,3}\s{1,16}|["']?,)(?:(?:[-*]|\d{1,2}[.):]?)\s{0,4})?["']?"#;
    format!("(?<![a-z])(?:{word}(?:{gap}|(?![a-z]))){{12}}")
}

/// Whether every match of a beginning lies inside one run.
fn fits_a_run(value: &Beginning) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-+/=:~%".contains(&byte);
    value.least >= RUN && (0..128).all(|byte| value.characters >> byte & 1 == 0 || token(byte))
}

/// Values that literals or words lead to. Rules with the same value share an entry: the frame tells no kinds apart.
struct Led(BTreeMap<(String, bool), BTreeSet<&'static str>>);

impl Led {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, rule: &Rule, leads: &'static [Text], value: String) {
        self.0
            .entry((value, rule.near == Near::Assignment))
            .or_default()
            .extend(leads.iter().map(|lead| lead.get(..LEAD).unwrap_or(lead)));
    }

    /// A line each: what leads there, the value, and `true` where it must be the name that the value is assigned to.
    fn lines(&self) -> String {
        let mut out = String::new();
        for ((value, assigned), leads) in &self.0 {
            assert!(leads.iter().all(|lead| !lead.contains(',')), "a comma separates what leads to a value");
            // Where one stands in another, the shorter leads to whatever the longer one does.
            let shortest = |lead: &&&str| !leads.iter().any(|other| other != *lead && lead.contains(other));
            let leads: Vec<String> = leads.iter().filter(shortest).map(|lead| escape(lead)).collect();
            let assigned = if *assigned { ", true" } else { "" };
            writeln!(out, "  ['{}', /{value}/{assigned}],", leads.join(","))
                .expect("writing to a string does not fail");
        }
        out
    }
}

fn escape(literal: &str) -> String {
    literal.encode_utf16().fold(String::new(), |mut out, code| {
        unit(&mut out, code.into());
        out
    })
}

/// The class of characters that the scanner's folded view changes.
fn changed_class() -> String {
    let mut out = String::new();
    INVISIBLE.iter().chain(LOOKALIKES.iter().map(|(like, _)| like)).for_each(|&c| unit(&mut out, c.into()));
    unit(&mut out, FULLWIDTH.0.into());
    out.push('-');
    unit(&mut out, FULLWIDTH.1.into());
    out
}

/// What those become that are not fullwidth forms; 0 for nothing.
fn fold_table() -> String {
    let invisible = INVISIBLE.iter().map(|&c| (u32::from(c), 0));
    let alike = LOOKALIKES.iter().map(|&(like, latin)| (u32::from(like), u32::from(latin)));
    let mut out = String::new();
    for (from, to) in invisible.chain(alike) {
        write!(out, "[{from}, {to}], ").expect("writing to a string does not fail");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::COMMON;

    #[test]
    fn no_word_of_a_recovery_phrase_is_taken_for_one_of_prose() {
        for word in COMMON {
            assert!(!crate::proof::is_word_of_phrases(word), "{word}");
        }
    }
}
