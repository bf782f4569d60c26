//! Rule files → checked rules, ready to run.
//!
//! The build script includes this module and does nothing but read files, call it and write down what it gives. Every way in
//! which a rule can be wrong has its message here, and each message says what to do; the tests below hold one case of each.

use std::collections::HashMap;

use crate::proof;
use crate::sample;

use super::anatomy::{Anatomy, around_secret, parse};
use super::check::check;
use super::lower::{Lowered, lower, lower_with_tree};
use super::schema::{Entry, File};

/// How many samples of a rule its examples are tried with.
const SAMPLES: usize = 4;
/// How far a context word may stand from a value, in bytes; the scanner's own figure.
const REACH: usize = 64;

/// A rule that is right, and what was derived from its pattern.
pub struct Compiled {
    /// What the file says.
    pub entry: Entry,
    /// What the pattern says.
    pub anatomy: Anatomy,
    /// The pattern in the cheapest form that ends every match where a regular expression engine ends it.
    pub shape: Vec<Lowered>,
    /// Which part of a match is secret, where it is not all of it.
    pub part: Option<Part>,
}

/// The secret part of a match.
pub struct Part {
    /// Up to where it begins.
    pub before: Vec<Lowered>,
    /// Up to where it ends.
    pub through: Vec<Lowered>,
}

/// Compiles files, given as name and text.
///
/// Fails with all problems at once, each naming file, rule and reason.
pub fn compile(files: &[(String, String)]) -> Result<Vec<(File, Vec<Compiled>)>, Vec<String>> {
    let mut out = Vec::new();
    let mut problems = Vec::new();
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (name, text) in files {
        let mut file = match read(text) {
            Ok(file) => file,
            Err(reason) => {
                problems.push(format!("{name}: {reason}"));
                continue;
            }
        };
        let mut rules = Vec::new();
        for entry in std::mem::take(&mut file.rule) {
            let place = format!("{name}: {}", entry.id);
            if let Some(other) = seen.insert(entry.id.clone(), name) {
                problems.push(format!("{place}: the id is used twice; the other one is in {other}"));
                continue;
            }
            match rule(&entry) {
                Ok((anatomy, shape, part)) => rules.push(Compiled { entry, anatomy, shape, part }),
                Err(reason) => problems.push(format!("{place}: {reason}")),
            }
        }
        out.push((file, rules));
    }
    for (file, rules) in files.iter().zip(&out).map(|((file, _), (_, rules))| (file, rules)) {
        for Compiled { entry, .. } in rules {
            let unknown = entry.beside.iter().find(|id| !seen.contains_key(*id));
            problems
                .extend(unknown.map(|id| format!("{file}: {}: there is no rule {id:?} to stand beside it", entry.id)));
        }
    }
    if problems.is_empty() { Ok(out) } else { Err(problems) }
}

fn read(text: &str) -> Result<File, String> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        format!("line {line}, in rule {}: {}", last_id(text, line), error.message())
    })
}

/// The id of the rule that a line belongs to, for errors that the TOML parser reports.
fn last_id(text: &str, line: usize) -> String {
    let mut id = String::from("(none)");
    for (number, content) in text.lines().enumerate() {
        if number >= line && content.starts_with("[[rule]]") {
            break;
        }
        if let Some(value) = content.strip_prefix("id = ") {
            id = value.trim_matches('"').to_string();
        }
    }
    id
}

fn rule(entry: &Entry) -> Result<(Anatomy, Vec<Lowered>, Option<Part>), String> {
    let anatomy = check(entry)?;
    check_examples(entry)?;
    Ok((anatomy, lower_with_tree(&parse(&entry.pattern)?)?, part(entry)?))
}

/// The secret part of a pattern that has a group.
fn part(entry: &Entry) -> Result<Option<Part>, String> {
    let Some((before, through)) = around_secret(&entry.pattern)? else { return Ok(None) };
    let steps = |hir| lower(&hir).ok_or("what stands before the group may take what belongs to it: make it simpler");
    let part = Part { before: steps(before)?, through: steps(through)? };
    if entry.proof.is_some_and(proof::Proof::names_its_secret) {
        return Err("the proof names the secret part: leave out the group".into());
    }
    Ok(Some(part))
}

/// The examples and misses of a rule, tried with an engine that is not the scanner's.
fn check_examples(entry: &Entry) -> Result<(), String> {
    let regex = |pattern: &str| {
        regex::bytes::RegexBuilder::new(pattern).unicode(false).build().map_err(|error| error.to_string())
    };
    let (shape, whole) = (regex(&entry.pattern)?, regex(&format!("^(?:{})$", entry.pattern))?);
    let mut random = fastrand::Rng::with_seed(0x6b65_7973_7461_7921);
    for _ in 0..SAMPLES {
        let sample = sample::sample(&entry.pattern, entry.proof, &mut random);
        if !whole.is_match(sample.as_bytes()) {
            return Err("a sample made for this rule does not match its pattern: the proof changes the shape".into());
        }
        if let Some(proof) = entry.proof
            && proof.check(&sample, 0) == proof::Outcome::Breaks
        {
            return Err(format!("the proof {} breaks on a sample made for this rule", proof.name()));
        }
        for example in &entry.examples {
            if !example.contains("{}") {
                return Err(format!("the example {example:?} has no {{}} for the sample"));
            }
            let text = example.replace("{}", &sample);
            if !shape.is_match(text.as_bytes()) {
                return Err(format!("the example {example:?} does not hold: the pattern does not match"));
            }
            if !entry.context.is_empty() && !has_context(entry, &text, &sample) {
                return Err(format!("the example {example:?} does not hold: no context word within {REACH} bytes"));
            }
        }
    }
    for miss in &entry.misses {
        if shape.is_match(miss.as_bytes()) && (entry.context.is_empty() || has_context(entry, miss, miss)) {
            return Err(format!("the miss {miss:?} does not hold: the pattern matches"));
        }
    }
    Ok(())
}

fn has_context(entry: &Entry, text: &str, sample: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let sample = sample.to_ascii_lowercase();
    let start = text.find(&sample).unwrap_or(0);
    let end = start + sample.len();
    entry.context.iter().any(|word| {
        text.match_indices(word.as_str()).any(|(at, word)| {
            let after = at + word.len();
            (after <= start && start - after <= REACH) || (at >= end && at - end <= REACH) || sample == text
        })
    })
}

#[cfg(test)]
mod tests {
    use super::compile;

    const GOOD: &str = "id = \"good-key\"\nname = \"Good key\"\nenv = \"GOOD_KEY\"\nseverity = \"high\"\n";

    fn problem(rule: &str) -> String {
        let text = format!("provider = \"Good\"\n[[rule]]\n{rule}");
        match compile(&[("good.toml".to_string(), text)]) {
            Ok(_) => "none".to_string(),
            Err(problems) => problems.join("; "),
        }
    }

    #[test]
    fn a_good_rule_has_no_problem() {
        assert_eq!(
            problem(&format!(
                "{GOOD}pattern = 'good_[a-z]{{20}}'\nexamples = [\"key={{}}\"]\nmisses = [\"good_short\"]"
            )),
            "none"
        );
    }

    #[test]
    fn a_bad_rule_is_named_by_file_id_and_reason() {
        let mut context = format!("{GOOD}pattern = '[a-z]{{20}}'\ncontext = [\"good\"]\n");
        for (rule, reason) in [
            (
                format!("{GOOD}pattern = 'good_[a-z]{{20}}'\ncolour = 1"),
                "good.toml: line 8, in rule good-key: unknown field `colour`",
            ),
            (format!("{GOOD}pattern = 'good_[a-z'"), "good.toml: good-key: the pattern does not parse"),
            (
                format!("{GOOD}pattern = '[a-z]{{20}}'"),
                "good.toml: good-key: the pattern has no literal of 3 or more characters",
            ),
            (
                format!("{GOOD}pattern = '(?:good_[a-z]{{20}})?'"),
                "good.toml: good-key: the pattern matches the empty string",
            ),
            (
                format!("{GOOD}pattern = 'good_([a-z]{{20}})-([a-z]{{20}})'"),
                "good.toml: good-key: a pattern has one group at most",
            ),
            (
                format!("{GOOD}pattern = 'good_(?:-([a-z]{{20}})){{2}}'"),
                "good.toml: good-key: the group of the secret part stands inside a repetition",
            ),
            (
                format!("{GOOD}pattern = 'good_[a-z]*([a-z]{{20}})'"),
                "good.toml: good-key: what stands before the group may take what belongs to it",
            ),
            (format!("{GOOD}pattern = '^good_[a-z]{{20}}'"), "good.toml: good-key: anchors and word boundaries"),
            (format!("{GOOD}pattern = 'good_[a-z]{{5000}}'"), "good.toml: good-key: a match can be 5005 bytes long"),
            (format!("{GOOD}pattern = 'good_[a-z]{{20}}'\nproof = \"magic\""), "there is no proof `magic`; there are:"),
            (
                format!("{GOOD}pattern = 'good_[a-z]{{20}}'\nnear = \"assignment\""),
                "good.toml: good-key: near needs context words",
            ),
            (
                format!("{GOOD}pattern = 'good_[a-z]{{20}}'\nexamples = [\"none\"]"),
                "good.toml: good-key: the example \"none\" has no {} for the sample",
            ),
            (
                format!("{GOOD}pattern = 'good_[a-z]{{20}}'\nmisses = [\"good_abcdefghijklmnopqrst\"]"),
                "good.toml: good-key: the miss",
            ),
            (
                format!("{GOOD}pattern = 'good_[a-z]{{20}}'\ncontext = [\"Good\"]"),
                "good.toml: good-key: context words have three or more of the characters",
            ),
            (
                GOOD.replace("good-key", "Good Key") + "pattern = 'good_[a-z]{20}'",
                "good.toml: Good Key: an id is made of",
            ),
            (
                std::mem::take(&mut context) + "examples = [\"key={}\"]",
                "does not hold: no context word within 64 bytes",
            ),
        ] {
            let problem = problem(&rule);
            assert!(problem.contains(reason), "expected {reason:?}, got {problem:?}");
        }
    }

    #[test]
    fn an_id_used_twice_names_both_files() {
        let text = format!("provider = \"Good\"\n[[rule]]\n{GOOD}pattern = 'good_[a-z]{{20}}'");
        let files = [("a.toml".to_string(), text.clone()), ("b.toml".to_string(), text)];
        let problems = compile(&files).err().unwrap_or_default();
        assert_eq!(problems, ["b.toml: good-key: the id is used twice; the other one is in a.toml"]);
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let text = format!(
            "provider = \"Good\"\n[[rule]]\n{GOOD}pattern = 'x'\n[[rule]]\n{}pattern = 'y'",
            GOOD.replace("good-key", "other-key")
        );
        assert_eq!(compile(&[("a.toml".to_string(), text)]).err().map(|problems| problems.len()), Some(2));
    }
}
