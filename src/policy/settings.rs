//! What a person or a company has set, checked value by value.
//!
//! Firefox does not check managed values against a schema, and local storage can hold anything, so a value of the wrong type
//! is expected. It is replaced by that key's strict default, and named as a problem; the other keys still count.

use super::{Destination, Verdict};
use crate::placeholder::Style;

/// What a warning becomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Notes only.
    Monitor,
    /// The person decides.
    #[default]
    Warn,
    /// Nobody can paste anyway.
    Block,
}

/// How loud a finding is, by what is known of it. A key that is meant to be public is nothing in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loudness {
    /// A live key that proved itself.
    pub certain: Verdict,
    /// A live key of the exact shape.
    pub likely: Verdict,
    /// A random value beside a word that tells what it is.
    pub possible: Verdict,
    /// A generic shape, or a key whose check digits are wrong.
    pub doubtful: Verdict,
    /// A key for a sandbox.
    pub test: Verdict,
}

impl Default for Loudness {
    fn default() -> Self {
        Self {
            certain: Verdict::Warn,
            likely: Verdict::Warn,
            possible: Verdict::Warn,
            doubtful: Verdict::Note,
            test: Verdict::Note,
        }
    }
}

/// Settings that the engine knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// What a warning becomes.
    pub mode: Mode,
    /// Rules whose warnings become blocks.
    pub block_rules: Vec<String>,
    /// Rules that are off.
    pub off_rules: Vec<String>,
    /// Hosts at which a finding is only noted.
    pub trusted_sites: Vec<String>,
    /// How loud each class of finding is.
    pub loudness: Loudness,
    /// What a placeholder looks like.
    pub placeholder: Style,
}

/// A value as storage gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A list of strings.
    List(Vec<String>),
    /// Anything else.
    Other,
}

/// A setting that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its key.
    pub key: String,
    /// What the key takes. The value itself is never repeated: it may be anything.
    pub expected: &'static str,
}

const MODE: &str = "one of \"monitor\", \"warn\", \"block\"";
const RULES: &str = "a list of rule ids";
const SITES: &str = "a list of host names";
const LOUDNESS: &str = "one of \"off\", \"note\", \"warn\", \"block\"";
const STYLE: &str = "one of \"code\", \"shell\", \"words\", or a text of one line with {name} in it";
const KNOWN: &str = "one of the keys mode, blockRules, offRules, trustedSites, placeholder, loudnessCertain, \
                     loudnessLikely, loudnessPossible, loudnessDoubtful, loudnessTest";

impl Settings {
    /// Whether somebody wants to be asked about what is usually only noted.
    #[must_use]
    pub fn asks_about_notes(&self) -> bool {
        self.loudness.doubtful.max(self.loudness.test) > Verdict::Note
    }

    /// Reads key by key. What cannot be used keeps its strict default and is named in the problems.
    #[must_use]
    pub fn read(values: impl IntoIterator<Item = (String, Value)>) -> (Self, Vec<Problem>) {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        for (key, value) in values {
            let expected = match (key.as_str(), value) {
                ("mode", Value::Text(mode)) if mode == "monitor" => set(&mut settings.mode, Mode::Monitor),
                ("mode", Value::Text(mode)) if mode == "warn" => set(&mut settings.mode, Mode::Warn),
                ("mode", Value::Text(mode)) if mode == "block" => set(&mut settings.mode, Mode::Block),
                ("mode", _) => Some(MODE),
                ("blockRules", Value::List(rules)) => set(&mut settings.block_rules, rules),
                ("offRules", Value::List(rules)) => set(&mut settings.off_rules, rules),
                ("trustedSites", Value::List(sites)) => set(&mut settings.trusted_sites, sites),
                ("placeholder", Value::Text(style)) => match Style::named(&style) {
                    Some(style) => set(&mut settings.placeholder, style),
                    None => Some(STYLE),
                },
                ("placeholder", _) => Some(STYLE),
                (name, value) if name.starts_with("loudness") => match (settings.loudness.of(name), value) {
                    (None, _) => Some(KNOWN),
                    (Some(place), Value::Text(loudness)) => match verdict(&loudness) {
                        Some(verdict) => set(place, verdict),
                        None => Some(LOUDNESS),
                    },
                    (Some(_), _) => Some(LOUDNESS),
                },
                ("blockRules" | "offRules", _) => Some(RULES),
                ("trustedSites", _) => Some(SITES),
                _ => Some(KNOWN),
            };
            problems.extend(expected.map(|expected| Problem { key, expected }));
        }
        (settings, problems)
    }

    /// Whether a rule is turned off.
    #[must_use]
    pub fn is_off(&self, rule: &str) -> bool {
        self.off_rules.iter().any(|off| off == rule)
    }

    /// Whether a rule's warnings become blocks.
    #[must_use]
    pub fn blocks(&self, rule: &str) -> bool {
        self.block_rules.iter().any(|block| block == rule)
    }

    /// Whether a destination is trusted: an exact host over https.
    #[must_use]
    pub fn trusts(&self, destination: &Destination) -> bool {
        destination.secure && self.trusted_sites.iter().any(|site| site.eq_ignore_ascii_case(&destination.host))
    }
}

impl Loudness {
    /// The place of the setting of that name.
    fn of(&mut self, key: &str) -> Option<&mut Verdict> {
        match key {
            "loudnessCertain" => Some(&mut self.certain),
            "loudnessLikely" => Some(&mut self.likely),
            "loudnessPossible" => Some(&mut self.possible),
            "loudnessDoubtful" => Some(&mut self.doubtful),
            "loudnessTest" => Some(&mut self.test),
            _ => None,
        }
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    match word {
        "off" => Some(Verdict::Allow),
        "note" => Some(Verdict::Note),
        "warn" => Some(Verdict::Warn),
        "block" => Some(Verdict::Block),
        _ => None,
    }
}

fn set<T>(place: &mut T, value: T) -> Option<&'static str> {
    *place = value;
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_type_keeps_the_strict_default_and_is_named() {
        let (settings, problems) = Settings::read([
            ("mode".into(), Value::Other),
            ("offRules".into(), Value::Text("anthropic-api-key".into())),
            ("blockRules".into(), Value::List(vec!["jwt".into()])),
            ("colour".into(), Value::Other),
        ]);
        assert_eq!(settings.mode, Mode::Warn);
        assert!(settings.off_rules.is_empty());
        assert!(settings.blocks("jwt"));
        let named: Vec<_> = problems.iter().map(|problem| (problem.key.as_str(), problem.expected)).collect();
        assert_eq!(named, [("mode", MODE), ("offRules", RULES), ("colour", KNOWN)]);
    }

    #[test]
    fn each_class_has_a_loudness_of_its_own_and_a_wrong_one_changes_nothing() {
        let (settings, problems) = Settings::read([
            ("loudnessCertain".into(), Value::Text("block".into())),
            ("loudnessLikely".into(), Value::Text("loud".into())),
            ("loudnessTest".into(), Value::Text("off".into())),
            ("loudnessAll".into(), Value::Text("off".into())),
            ("placeholder".into(), Value::Text("words".into())),
        ]);
        let expected = Loudness { certain: Verdict::Block, test: Verdict::Allow, ..Loudness::default() };
        assert_eq!((settings.loudness, settings.placeholder), (expected, Style::Words));
        let named: Vec<_> = problems.iter().map(|problem| (problem.key.as_str(), problem.expected)).collect();
        assert_eq!(named, [("loudnessLikely", LOUDNESS), ("loudnessAll", KNOWN)]);
    }
}
