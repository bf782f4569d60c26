//! The tripwire: a small JavaScript test, generated from the rules, that each frame runs synchronously on what is pasted.
//!
//! A paste must be stopped at once or not at all, and the scanner cannot run in a page's frame, so the frame asks this test
//! first. It may hold too much, never too little: to whatever [`policy`](crate::policy) would ask about, it says yes. That follows from
//! how it is made. Each pattern is rendered as an expression for a *beginning* of its matches, so a text with a match
//! contains a match of the beginning. Boundaries, proofs and plausibility are left out where they only take findings away.
//!
//! What is only noted interrupts nobody, so no text waits for it: it is looked at once the text has gone on. Which rules never lead to
//! more is known here (`can_ask`); where somebody wants to be asked about notes too, the frame is told and holds those texts as well.
//!
//! Most texts hold no key, and for them the test must be quick. A loop over the characters, four at a time, looks at each place three of them
//! up in a table, with the one that may stand behind them: three that are rare of each beginning of a token, and of each word that leads
//! to values. The loop only notes what it finds, so that nothing in it goes another way than before. What it has noted is compared with
//! the beginnings and words, and only where one stands a regular expression is asked, at that place; and the values that words lead to are
//! looked for in runs of at least sixteen characters that prose does not have, near the word. A word counts where one begins, as in the
//! scanner.
//!
//! What holds a harmless text most often is a value that is only a part of something longer, and a placeholder in a rule's own
//! shape. So the boundaries that the scanner asks for (`scan/boundary.rs`) are asked for here too, where they do not depend on
//! a proof, and what says by itself that it is no secret (`context.rs`) is looked through.

mod beginning;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use regex_syntax::hir::literal::{ExtractKind, Extractor};

use beginning::{Beginning, beginning, union, unit};

use crate::context::SAYS_SO;
use crate::proof::Proof;
use crate::rules::anatomy::{AsciiSet, parse};
use crate::rules::words::SHORTEST;
use crate::rules::{Confidence, Kind, Near, Rule, Text};
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

/// Characters of the longest beginning that leads to a token.
const OPENING: usize = 5;
/// A token with more beginnings than this is led to by shorter ones.
const MOST_OPENINGS: usize = 24;

/// The module's text: `mustBeHeld(text)`, `mayHoldSecret(text)` and `add(additions)`.
#[must_use]
pub fn module() -> String {
    let (mut shapes, mut spread) = (Shapes::new(), Shapes::new());
    let (mut led, mut loose) = (Led::new(), Led::new());
    let (mut sealed, mut seals, mut joinable) = (BTreeSet::new(), BTreeSet::new(), 0);
    // Keys that are meant to be public are let go whatever the destination, so nothing is held for them.
    let held = Rule::all().iter().filter(|rule| matches!(rule.kind, Kind::Live | Kind::Test));
    for rule in held.filter(|rule| !rule.proof.is_some_and(Proof::finds_its_tokens)) {
        let mut value = beginning(&rule.pattern);
        let in_run = fits_a_run(&value);
        if rule.has_check_digits() {
            sealed.insert(value.source.clone());
            seals.extend(rule.literals.iter().map(|literal| escape(literal)));
            joinable |=
                rule.literals.iter().flat_map(|literal| literal.bytes()).fold(rule.tail, |set, byte| set | 1 << byte);
        }
        let leads = if rule.needs_context() { &rule.context } else { &rule.literals };
        if !rule.needs_context() && rule.offset.1 == 0 {
            let shapes = if in_run { &mut shapes } else { &mut spread };
            shapes.add(rule, value, in_run);
            continue;
        }
        if in_run && rule.near == Near::Assignment && value.least >= ASSIGNED {
            value.source = format!("[{RUN_CLASS}]{{{ASSIGNED}}}");
            value.whole = false;
        }
        let led = if in_run { &mut led } else { &mut loose };
        led.add(rule, leads, value);
    }
    format!(
        include_str!("tripwire/module.js"),
        run_class = RUN_CLASS,
        run = RUN,
        shapes = shapes.lines(),
        spread = spread.lines(),
        says_so = SAYS_SO.join("|"),
        sealed = union(&sealed.iter().map(String::as_str).collect::<Vec<_>>()),
        seals = listed(&seals),
        parts = String::from_utf8_lossy(joined::PARTS).replace('\\', "\\\\"),
        joinable = besides_words(joinable).replace("\\\\", "\\"),
        gap = joined::LONGEST_GAP + 1,
        pieces = joined::LONGEST,
        deepest = DEEPEST,
        led = led.lines(),
        loose = loose.lines(),
        fold = fold_table(),
        first = u32::from(FULLWIDTH.0),
        last = u32::from(FULLWIDTH.1),
        distance = FULLWIDTH.2,
        reach = REACH,
        name = REACH + WORD,
        near = REACH + NEARBY as usize + WORD,
        phrase = phrase(),
    )
}

/// What leads to values, as one text. Where one begins another, the shorter leads to whatever the longer one does.
fn listed(leads: &BTreeSet<String>) -> String {
    assert!(leads.iter().all(|lead| !lead.contains(',') && lead.len() > 2), "a comma separates what leads to a value");
    let shortest = |lead: &&String| !leads.iter().any(|other| other != *lead && lead.starts_with(other.as_str()));
    leads.iter().filter(shortest).map(String::as_str).collect::<Vec<_>>().join(",")
}

/// Whether a finding of this rule can be more than a note, unless somebody has set that notes are asked about too.
fn can_ask(rule: &Rule) -> bool {
    let surer = rule.confidence > Confidence::Low
        || !rule.beside.is_empty()
        || rule.proof.is_some_and(|proof| !proof.never_holds());
    rule.kind == Kind::Live && surer
}

/// Whether a value of this rule without a digit can only be noted: it must look random, or was typed by hand (`context.rs`), and there is
/// no other evidence.
fn needs_digit(rule: &Rule) -> bool {
    let bare = rule.prefix == 0 && !rule.has_telling_literal() && !rule.names_its_secret();
    bare && rule.proof.is_none() && rule.beside.is_empty()
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
    rule.proof.is_none_or(Proof::never_holds) && !rule.names_its_secret() && !split
}

/// What is known by its beginning: expressions in one, by what must stand behind them, and what is asked of them.
struct Shapes(BTreeMap<(Option<String>, String), Union>);

/// How some tokens begin, in the first characters and at length.
#[derive(Default)]
struct Union {
    openings: BTreeSet<String>,
    sources: BTreeSet<String>,
}

impl Shapes {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, rule: &Rule, value: Beginning, in_run: bool) {
        // Where the beginning says much by itself, looking for what follows would cost more than it saves.
        let looks_on = !in_run || !value.distinct();
        let rest = value.rest.filter(|rest| looks_on && (!in_run || of_runs(rest.characters)));
        let how = letters(&[(heeds_placeholders(rule), 'p'), (!can_ask(rule), 'q')]);
        let union = self.0.entry((rest.map(|rest| rest.source), how)).or_default();
        union.openings.extend(openings(&rule.pattern).iter().map(|opening| escape(opening)));
        union.sources.insert(value.source);
    }

    /// A line each: the first characters, the expression, what is asked, and what must stand behind it.
    fn lines(&self) -> String {
        let mut out = String::new();
        for ((rest, how), Union { openings, sources }) in &self.0 {
            let source = union(&sources.iter().map(String::as_str).collect::<Vec<_>>());
            let rest = rest.as_ref().map_or(String::new(), |rest| format!(", /{rest}/"));
            let openings = listed(openings);
            writeln!(out, "  ['{openings}', /{source}/, '{how}'{rest}],").expect("writing to a string does not fail");
        }
        out
    }
}

/// How the matches of a pattern begin, in small letters and capitals as they stand there.
fn openings(pattern: &str) -> Vec<String> {
    let hir = parse(pattern).expect("the build script has parsed every pattern");
    let mut sequence = Extractor::new().kind(ExtractKind::Prefix).limit_repeat(2).limit_total(512).extract(&hir);
    let shortened = (SHORTEST..=OPENING).rev().find_map(|length| {
        sequence.keep_first_bytes(length);
        let literals = sequence.literals()?.iter().map(|literal| String::from_utf8(literal.as_bytes().to_vec()).ok());
        let literals: BTreeSet<String> = literals.collect::<Option<_>>()?;
        (length == SHORTEST || literals.len() <= MOST_OPENINGS).then_some(literals)
    });
    shortened.expect("the build script has found literals at the beginning").into_iter().collect()
}

/// The letters of what is so.
fn letters(all: &[(bool, char)]) -> String {
    all.iter().filter(|(is_so, _)| *is_so).map(|(_, letter)| letter).collect()
}

/// Values that literals or words lead to. Rules with the same value share an entry: the frame tells no kinds apart.
struct Led(BTreeMap<Value, BTreeSet<&'static str>>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    source: String,
    /// Letters and numbers, as `module.js` explains them.
    how: String,
    /// The characters besides letters, digits and the underscore that must not stand before it.
    before: String,
    /// Those that must not stand behind it, where its end is known.
    behind: String,
}

impl Led {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, rule: &Rule, leads: &'static [Text], value: Beginning) {
        // A longer token is a finding only by its prefix, or by a proof.
        let ends = value.whole && rule.proof.is_none() && rule.prefix < LEAST_PREFIX;
        let short = leads.iter().all(|word| word.len() + LEAD <= WORD);
        let assigned = rule.near == Near::Assignment;
        assert!(
            !assigned || leads.iter().all(|word| word.len() <= WORD),
            "more of a name may stand behind what is known of it"
        );
        let mut how = letters(&[
            (assigned, 'a'),
            (!assigned && rule.needs_context() && short && value.most <= NEARBY, 'n'),
            (heeds_placeholders(rule), 'p'),
            (!can_ask(rule), 'q'),
            (needs_digit(rule), 'd'),
            (ends, 'e'),
        ]);
        if !rule.needs_context() {
            // Of characters above ASCII there are fewer units than bytes.
            let least = if value.characters == AsciiSet::MAX { 0 } else { rule.offset.0 };
            write!(how, "{least}-{}", rule.offset.1).expect("writing to a string does not fail");
        }
        let behind = if ends { besides_words(rule.tail) } else { String::new() };
        let value = Value { source: value.source, how, before: besides_words(rule.head), behind };
        self.0.entry(value).or_default().extend(leads.iter().map(|lead| lead.get(..LEAD).unwrap_or(lead)));
    }

    /// A line each: what leads there, the value, what is asked of it, and what must not stand before it and behind it besides the
    /// characters of words.
    fn lines(&self) -> String {
        let mut out = String::new();
        for (Value { source, how, before, behind }, leads) in &self.0 {
            let leads = listed(&leads.iter().map(|lead| escape(lead)).collect());
            let bounds = match (before.as_str(), behind.as_str()) {
                ("", "") => String::new(),
                (before, "") => format!(", '{before}'"),
                (before, behind) => format!(", '{before}', '{behind}'"),
            };
            writeln!(out, "  ['{leads}', /{source}/, '{how}'{bounds}],").expect("writing to a string does not fail");
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

/// What the characters become that the scanner's folded view changes, but for fullwidth forms; 0 for nothing.
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
    use crate::proof::Outcome;
    use crate::rules::Rule;

    #[test]
    fn no_proof_holds_of_which_that_is_said() {
        let mut random = fastrand::Rng::with_seed(3);
        for rule in Rule::all() {
            let Some(proof) = rule.proof.filter(|proof| proof.never_holds()) else { continue };
            for _ in 0..100 {
                let sample = crate::sample::sample(&rule.pattern, Some(proof), &mut random);
                assert_ne!(proof.check(&sample, 0), Outcome::Holds, "{}", rule.id);
            }
        }
    }

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
