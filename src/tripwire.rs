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
//!
//! What holds a harmless text most often is a value that is only a part of something longer, and a placeholder in a rule's own
//! shape. So the boundaries that the scanner asks for (`scan/boundary.rs`) are asked for here too, where they do not depend on
//! a proof, and what says by itself that it is no secret (`context.rs`) is looked through.

mod beginning;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use beginning::{Beginning, beginning, union, unit};

use crate::context::SAYS_SO;
use crate::proof::Proof;
use crate::rules::anatomy::AsciiSet;
use crate::rules::{Kind, Near, Rule, Text};
use crate::scan::view::{FULLWIDTH, INVISIBLE, LOOKALIKES};
use crate::scan::{DEEPEST, LEAST_PREFIX, REACH, joined};

/// Characters of the shortest run that is looked at.
const RUN: u32 = 16;
/// Characters of runs: what tokens are made of.
const RUN_CLASS: &str = "\\w.\\-+/=:~%";

/// Characters of a run that is held whatever its shape, where it is assigned to a name that tells a provider: harmless values
/// there are shorter, and one expression for all of them is small.
const ASSIGNED: u32 = 20;

/// Characters of the longest value that is looked for near a word, and not in the whole text.
const NEARBY: u32 = 256;
/// Characters of the longest word that leads to one, with those of another that can hide in it.
const WORD: usize = 32;

/// Characters of a literal or word that a frame looks for: the rest of it would hardly hold fewer texts.
const LEAD: usize = 7;

/// The module's text: `export function mayHoldSecret(text)`.
#[must_use]
pub fn module() -> String {
    let (mut shapes, mut spread) = (Shapes::new(), Shapes::new());
    let (mut led, mut loose) = (Led::new(), Led::new());
    let (mut sealed, mut seals) = (Vec::new(), Vec::new());
    // Keys that are meant to be public are let go whatever the destination, so nothing is held for them.
    let held = Rule::all().iter().filter(|rule| matches!(rule.kind, Kind::Live | Kind::Test));
    for rule in held.filter(|rule| !rule.proof.is_some_and(Proof::finds_its_tokens)) {
        let mut value = beginning(&rule.pattern);
        let in_run = fits_a_run(&value);
        if rule.has_check_digits() {
            sealed.push(value.source.clone());
            seals.extend(rule.literals.iter().map(|literal| escape(literal)));
        }
        let leads = if rule.needs_context() { &rule.context } else { &rule.literals };
        match (rule.needs_context() || rule.offset.1 > 0, in_run) {
            (true, true) if rule.near == Near::Assignment && value.least >= ASSIGNED => {
                value.source = format!("[{RUN_CLASS}]{{{ASSIGNED}}}");
                value.whole = false;
                led.add(rule, leads, value);
            }
            (true, true) => led.add(rule, leads, value),
            (true, false) => loose.add(rule, leads, value),
            (false, true) => shapes.add(rule, value, true),
            (false, false) => spread.add(rule, value, false),
        }
    }
    for list in [&mut sealed, &mut seals] {
        list.sort();
        list.dedup();
    }
    format!(
        include_str!("tripwire/module.js"),
        run_class = RUN_CLASS,
        run = RUN,
        shapes = shapes.lines(),
        spread = spread.lines(),
        says_so = SAYS_SO.join("|"),
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
        near = REACH + NEARBY as usize + WORD,
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
    // No word of the list has a letter three times in a row; "AAAA,AAAA" is what a table of numbers looks like in source maps.
    let word = format!(r"(?!(?:{})(?![a-z])|(.)\1\1)[a-z]{{3,8}}", COMMON.join("|"));
    let gap = r#"(?:["',;]{0,3}\s{1,16}|["']?,)(?:(?:[-*]|\d{1,2}[.):]?)\s{0,4})?["']?"#;
    format!("(?<![a-z])(?:{word}(?:{gap}|(?![a-z]))){{12}}")
}

/// Whether every match of a beginning lies inside one run.
fn fits_a_run(value: &Beginning) -> bool {
    value.least >= RUN && of_runs(value.characters)
}

fn of_runs(characters: AsciiSet) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-+/=:~%".contains(&byte);
    (0..128).all(|byte| characters >> byte & 1 == 0 || token(byte))
}

/// Whether a value of this rule that says that it is none is no finding, whatever stands around it: no proof could overrule
/// that, and the value is all of the match.
fn heeds_placeholders(rule: &Rule) -> bool {
    // What stands partly in the prefix does not stand in the value.
    let begins = |word: &str, literal: &str| (1..word.len()).any(|end| literal.ends_with(&word[..end]));
    let split = SAYS_SO.iter().any(|word| rule.literals.iter().any(|literal| begins(word, literal)));
    rule.proof.is_none() && !rule.names_its_secret() && !split
}

/// What no word leads to: expressions in one, by what must stand behind them, and whether they heed boundaries and placeholders.
struct Shapes(BTreeMap<(Option<String>, bool), BTreeSet<String>>);

impl Shapes {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, rule: &Rule, value: Beginning, in_run: bool) {
        // Where the beginning says much by itself, looking for what follows would cost more than it saves.
        let looks_on = !in_run || !value.distinct();
        let rest = value.rest.filter(|rest| looks_on && (!in_run || of_runs(rest.characters)));
        self.0.entry((rest.map(|rest| rest.source), heeds_placeholders(rule))).or_default().insert(value.source);
    }

    /// A line each: the expression, whether it heeds, and what must stand behind it.
    fn lines(&self) -> String {
        let mut out = String::new();
        for ((rest, heeds), sources) in &self.0 {
            let source = union(&sources.iter().map(String::as_str).collect::<Vec<_>>());
            let rest = rest.as_ref().map_or(String::new(), |rest| format!(", /{rest}/"));
            writeln!(out, "  [/{source}/, {heeds}{rest}],").expect("writing to a string does not fail");
        }
        out
    }
}

/// Values that literals or words lead to. Rules with the same value share an entry: the frame tells no kinds apart.
struct Led(BTreeMap<Value, BTreeSet<&'static str>>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    source: String,
    assigned: bool,
    heeds: bool,
    near: bool,
    /// The characters besides letters, digits and the underscore that must not stand before it.
    before: String,
    /// Those that must not stand behind it, where its end is known.
    behind: Option<String>,
}

impl Led {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, rule: &Rule, leads: &'static [Text], value: Beginning) {
        // A longer token is a finding only by its prefix, or by a proof.
        let ends = value.whole && rule.proof.is_none() && rule.prefix < LEAST_PREFIX;
        let short = leads.iter().all(|word| word.len() + LEAD <= WORD);
        let value = Value {
            near: rule.needs_context() && short && value.most <= NEARBY,
            source: value.source,
            assigned: rule.near == Near::Assignment,
            heeds: heeds_placeholders(rule),
            before: besides_words(rule.head),
            behind: ends.then(|| besides_words(rule.tail)),
        };
        self.0.entry(value).or_default().extend(leads.iter().map(|lead| lead.get(..LEAD).unwrap_or(lead)));
    }

    /// A line each: what leads there, the value, and letters: `a` where what leads there must be the name that it is assigned to,
    /// `n` where it must stand near, `p` where it heeds placeholders and `e` where its end is known. Then what must not stand
    /// before it and behind it besides the characters of words.
    fn lines(&self) -> String {
        let mut out = String::new();
        for (Value { source, assigned, heeds, near, before, behind }, leads) in &self.0 {
            assert!(leads.iter().all(|lead| !lead.contains(',')), "a comma separates what leads to a value");
            // Where one stands in another, the shorter leads to whatever the longer one does.
            let shortest = |lead: &&&str| !leads.iter().any(|other| other != *lead && lead.contains(other));
            let leads: Vec<String> = leads.iter().filter(shortest).map(|lead| escape(lead)).collect();
            let how = match (assigned, near) {
                (true, _) => "a",
                (_, true) => "n",
                _ => "",
            };
            let heeds = if *heeds { "p" } else { "" };
            let ends = if behind.is_some() { "e" } else { "" };
            let bounds = match (before.as_str(), behind.as_deref().unwrap_or_default()) {
                ("", "") => String::new(),
                (before, "") => format!(", '{before}'"),
                (before, behind) => format!(", '{before}', '{behind}'"),
            };
            writeln!(out, "  ['{}', /{source}/, '{how}{heeds}{ends}'{bounds}],", leads.join(","))
                .expect("writing to a string does not fail");
        }
        out
    }
}

/// The characters of a set that expressions do not call `\w`, as they stand in a class of an expression that is a string.
fn besides_words(set: AsciiSet) -> String {
    let others = (0..128u8).filter(|&byte| set >> byte & 1 == 1 && !byte.is_ascii_alphanumeric() && byte != b'_');
    others.fold(String::new(), |mut out, byte| {
        match byte {
            b'-' | b']' | b'^' | b'\\' | b'\'' | ..b' ' | 0x7f.. => write!(out, "\\\\x{byte:02x}"),
            _ => write!(out, "{}", char::from(byte)),
        }
        .expect("writing to a string does not fail");
        out
    })
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

    #[test]
    fn no_word_of_a_recovery_phrase_begins_with_one_letter_three_times() {
        for letter in 'a'..='z' {
            let three = letter.to_string().repeat(3);
            assert!(
                !include_str!("proof/bip39.txt").split_whitespace().any(|word| word.starts_with(&three)),
                "{three}"
            );
        }
    }
}
