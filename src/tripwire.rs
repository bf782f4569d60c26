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

use std::fmt::Write as _;

use beginning::{Beginning, beginning, union, unit};

use crate::rules::{Kind, Near, Rule};
use crate::scan::view::{FULLWIDTH, INVISIBLE, LOOKALIKES};
use crate::scan::{DEEPEST, REACH, joined};

/// Characters of the shortest run that is looked at.
const RUN: u32 = 16;
/// Characters of runs: what tokens are made of.
const RUN_CLASS: &str = "\\w.\\-+/=:~%";

/// The module's text: `export function mayHoldSecret(text)`.
#[must_use]
pub fn module() -> String {
    let mut shapes = Vec::new();
    let mut spread = Vec::new();
    let mut led = Vec::new();
    let mut loose = Vec::new();
    let (mut sealed, mut seals) = (Vec::new(), Vec::new());
    // Keys that are meant to be public are let go whatever the destination, so nothing is held for them.
    for rule in Rule::all().iter().filter(|rule| matches!(rule.kind, Kind::Live | Kind::Test)) {
        let value = beginning(rule.pattern);
        let in_run = fits_a_run(&value);
        if rule.has_check_digits() {
            sealed.push(value.source.clone());
            seals.extend(rule.literals.iter().map(|literal| escape(literal)));
        }
        let leads = if rule.needs_context() { rule.context } else { rule.literals };
        match (rule.needs_context() || rule.offset.1 > 0, in_run) {
            (true, true) => led.push(entry(rule, leads, &value)),
            (true, false) => loose.push(entry(rule, leads, &value)),
            (false, true) => shapes.push(value.source),
            (false, false) => spread.push(value.source),
        }
    }
    for list in [&mut shapes, &mut spread, &mut led, &mut loose, &mut sealed, &mut seals] {
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
        led = led.join("\n"),
        loose = loose.join("\n"),
        changed = changed_class(),
        fold = fold_table(),
        first = u32::from(FULLWIDTH.0),
        last = u32::from(FULLWIDTH.1),
        distance = FULLWIDTH.2,
        reach = REACH,
    )
}

/// Whether every match of a beginning lies inside one run.
fn fits_a_run(value: &Beginning) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-+/=:~%".contains(&byte);
    value.least >= RUN && (0..128).all(|byte| value.characters >> byte & 1 == 0 || token(byte))
}

/// A line of the tables of led values: literals or words, the value, and `true` where the word must be what it is assigned to.
fn entry(rule: &Rule, leads: &[&str], value: &Beginning) -> String {
    let leads: Vec<String> = leads.iter().map(|lead| format!("'{}'", escape(lead))).collect();
    let assigned = if rule.near == Near::Assignment { ", true" } else { "" };
    format!("  [[{}], /{}/{assigned}],", leads.join(", "), value.source)
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
