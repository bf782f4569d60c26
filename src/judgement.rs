//! The whole answer to a held text: verdict, what was found in words that may be shown, and what could replace it.
//!
//! Nothing in a [`Judgement`] can hold a secret: names come from the rules, masks from [`crate::redact`], facts from
//! [`crate::proof`], replacements from [`crate::placeholder`], and offsets are numbers.

use serde::Serialize;

use crate::placeholder::Placeholders;
use crate::policy::{self, Destination, Settings, Verdict};
use crate::proof::Fact;
use crate::redact::{Secret, masked};
use crate::rules::{Confidence, Topic};
use crate::scan::{Beside, Finding, Scanner};

/// What the page's frame is told. Offsets are UTF-16 units in the flavour that is named, as JavaScript counts.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Judgement<'r> {
    /// `allow`, `note`, `warn` or `block`.
    pub verdict: &'static str,
    /// Part of the text was not looked at.
    pub partial: bool,
    /// Site that would get the text.
    pub site: String,
    /// What was found and is worth showing, in the order of the text.
    pub findings: Vec<Shown<'r>>,
}

/// One finding, as it may be shown.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown<'r> {
    /// Rule id.
    pub rule: &'r str,
    /// Plain words. Empty for a built-in rule without the feature `catalog`: then the caller knows them by the rule.
    pub name: &'r str,
    /// The provider; like `name`.
    pub provider: &'r str,
    /// What a key of this kind opens.
    pub topic: Topic,
    /// `certain`, `likely` or `possible`: the words "is", "looks like", "could be".
    pub certainty: &'static str,
    /// Public prefix and mask.
    pub masked: String,
    /// What the token says about itself.
    pub facts: Vec<Fact>,
    /// What belongs to it and stands near it.
    pub beside: Vec<Part<'r>>,
    /// Which of the texts it stands in.
    pub flavour: usize,
    /// What could stand in its place; only in the first flavour.
    pub replacement: Option<Replacement>,
}

/// The other part of a secret of two parts.
#[derive(Debug, Serialize)]
pub struct Part<'r> {
    /// Rule id.
    pub rule: &'r str,
    /// Plain words; like those of the finding.
    pub name: &'r str,
    /// Public prefix and mask.
    pub masked: String,
}

/// A change to the text that takes the secret out.
#[derive(Debug, Serialize)]
pub struct Replacement {
    /// First UTF-16 unit to replace.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// What to put there.
    pub text: String,
}

/// Judges the flavours of one held event. The first is the plain text; a secret that it already shows is not listed again for
/// the others.
///
/// `now` is the time in seconds since 1970, 0 when unknown.
#[must_use]
pub fn judge<'r>(
    scanner: &'r Scanner,
    flavours: &[Secret],
    destination: &Destination,
    settings: &Settings,
    now: u64,
) -> Judgement<'r> {
    let mut verdict = Verdict::Allow;
    let mut partial = false;
    let mut findings = Vec::new();
    let mut listed: Vec<&str> = Vec::new();
    for (flavour, text) in flavours.iter().enumerate() {
        let text = text.text();
        let scan = scanner.scan(text, now);
        partial |= scan.partial;
        let mut units = Units::new(text);
        let mut placeholders = Placeholders::new(text, &settings.placeholder);
        for finding in &scan.findings {
            let one = policy::judge(finding, destination, settings);
            let value = text.get(finding.secret.clone()).unwrap_or_default();
            if one == Verdict::Allow || (flavour > 0 && listed.contains(&value)) {
                continue;
            }
            verdict = verdict.max(one);
            listed.push(value);
            let replacement = (flavour == 0).then(|| replacement(finding, &mut placeholders, &mut units));
            findings.push((one, shown(finding, text, value, flavour, replacement)));
        }
    }
    // What cannot be judged in full is not let go in silence; in monitor mode nothing is ever held up.
    if partial && settings.mode != policy::Mode::Monitor {
        verdict = verdict.max(Verdict::Warn);
    }
    let asks = verdict >= Verdict::Warn;
    let findings =
        findings.into_iter().filter(|(one, _)| !asks || *one >= Verdict::Warn).map(|(_, shown)| shown).collect();
    Judgement { verdict: word(verdict), partial, site: destination.site().to_string(), findings }
}

/// One finding with what would follow for a page that is nobody's.
#[derive(Debug, Serialize)]
pub struct Explained<'r> {
    /// `allow`, `note`, `warn` or `block`.
    pub verdict: &'static str,
    /// The finding.
    #[serde(flatten)]
    pub shown: Shown<'r>,
}

/// Everything that is found in a text, also what would be let go.
#[must_use]
pub fn explain<'r>(scanner: &'r Scanner, text: &Secret, settings: &Settings, now: u64) -> Vec<Explained<'r>> {
    let text = text.text();
    let nobody = Destination::new("null", "");
    let mut units = Units::new(text);
    let mut placeholders = Placeholders::new(text, &settings.placeholder);
    let explained = |finding: &Finding<'r>| {
        let value = text.get(finding.secret.clone()).unwrap_or_default();
        let replacement = Some(replacement(finding, &mut placeholders, &mut units));
        let verdict = word(policy::judge(finding, &nobody, settings));
        Explained { verdict, shown: shown(finding, text, value, 0, replacement) }
    };
    scanner.scan(text, now).findings.iter().map(explained).collect()
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Note => "note",
        Verdict::Warn => "warn",
        Verdict::Block => "block",
    }
}

fn shown<'r>(
    finding: &Finding<'r>,
    text: &str,
    value: &str,
    flavour: usize,
    replacement: Option<Replacement>,
) -> Shown<'r> {
    let rule = finding.rule;
    let certainty = match finding.confidence {
        Confidence::Certain => "certain",
        Confidence::High => "likely",
        Confidence::Medium | Confidence::Low => "possible",
    };
    Shown {
        rule: &rule.id,
        name: &rule.name,
        provider: &rule.provider,
        topic: rule.topic,
        certainty,
        masked: masked(rule, value),
        facts: finding.facts.clone(),
        beside: finding.beside.iter().map(|part| beside(part, text)).collect(),
        flavour,
        replacement,
    }
}

fn beside<'r>(part: &Beside<'r>, text: &str) -> Part<'r> {
    let masked = masked(part.rule, text.get(part.span.clone()).unwrap_or_default());
    Part { rule: &part.rule.id, name: &part.rule.name, masked }
}

fn replacement(finding: &Finding<'_>, placeholders: &mut Placeholders<'_>, units: &mut Units<'_>) -> Replacement {
    let (range, with) = placeholders.replacement(&finding.secret, &finding.rule.env);
    Replacement { start: units.at(range.start), end: units.at(range.end), text: with }
}

/// Counts UTF-16 units up to byte offsets that mostly go upwards, in one pass over the text.
struct Units<'a> {
    text: &'a str,
    bytes: usize,
    units: usize,
}

impl<'a> Units<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, bytes: 0, units: 0 }
    }

    fn at(&mut self, offset: usize) -> usize {
        let count = |text: Option<&str>| text.unwrap_or_default().chars().map(char::len_utf16).sum::<usize>();
        if offset >= self.bytes {
            self.units += count(self.text.get(self.bytes..offset));
        } else {
            self.units -= count(self.text.get(offset..self.bytes));
        }
        self.bytes = offset;
        self.units
    }
}
