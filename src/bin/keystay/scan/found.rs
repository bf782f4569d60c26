//! What is found, where, and what else there is to say about what was looked at.

use std::fmt;
use std::sync::Arc;

use keystay::policy::{self, Destination, Settings, Verdict};
use keystay::proof::{Fact, Outcome};
use keystay::redact::masked;
use keystay::rules::{Confidence, Rule};
use keystay::scan::{Finding, Scanner};

use super::baseline::{Mark, Salt};
use crate::arguments::Level;

/// What every part of a scan has to know.
pub struct Context<'r> {
    pub scanner: &'r Scanner,
    /// Seconds since 1970.
    pub now: u64,
    /// The least loud and the least sure finding that is wanted.
    pub level: Level,
    pub confidence: Confidence,
    /// Whether `keystay:allow` counts.
    pub heeds_comments: bool,
    pub shows_secrets: bool,
    pub salt: Salt,
}

/// A place in a text; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// Goes to the end of a text that begins here.
    pub fn advance(&mut self, text: &str) {
        match text.rfind('\n') {
            Some(newline) => {
                self.line += memchr::memchr_iter(b'\n', text.as_bytes()).count();
                self.column = 1 + text[newline + 1..].chars().count();
            }
            None => self.column += text.chars().count(),
        }
    }
}

/// A commit that added something.
pub struct Commit {
    pub id: String,
    pub author: String,
    pub date: String,
}

/// Where a text comes from.
#[derive(Clone)]
pub struct Name {
    /// The path as a person would write it; `-` for standard input.
    pub path: Arc<str>,
    /// The path in an archive, with `!` between archives.
    pub inside: Option<Arc<str>>,
    pub commit: Option<Arc<Commit>>,
}

impl Name {
    /// A file in the working tree, or standard input.
    pub fn of(path: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), inside: None, commit: None }
    }

    /// An entry of the archive that this is the name of.
    pub fn entry(&self, entry: &str) -> Self {
        let inside = self.inside.as_ref().map_or_else(|| entry.to_string(), |inside| format!("{inside}!{entry}"));
        Self { inside: Some(inside.into()), ..self.clone() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.path))?;
        self.inside.iter().try_for_each(|inside| write!(f, "!{}", printable(inside)))
    }
}

/// A text from outside without the characters by which it could command a terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A cell of a notebook, and the line in it; both count from 1.
#[derive(Clone, Copy)]
pub struct Cell {
    pub number: usize,
    pub line: usize,
}

/// Where a secret stands.
#[derive(Clone)]
pub struct Place {
    pub name: Name,
    pub start: Position,
    /// Behind the last character.
    pub end: Position,
    pub cell: Option<Cell>,
}

/// A secret that was found, as it may be shown.
pub struct Found<'r> {
    pub rule: &'r Rule,
    pub place: Place,
    pub level: Level,
    pub confidence: Confidence,
    pub outcome: Outcome,
    pub masked: String,
    /// What it says about itself.
    pub facts: Vec<Fact>,
    /// Names and masks of what belongs to it and stands near it.
    pub beside: Vec<(&'r str, String)>,
    /// Only where somebody asked for it.
    pub secret: Option<String>,
    /// Tells it from others without holding it.
    pub mark: Mark,
}

/// Something that a person should know about what was looked at.
pub struct Notice {
    pub name: String,
    pub why: String,
    /// Whether it could not be looked at, or only not all of it, because a limit was reached.
    pub failed: bool,
}

/// What was seen in a part of what there is to scan.
#[derive(Default)]
pub struct Seen<'r> {
    pub found: Vec<Found<'r>>,
    pub notices: Vec<Notice>,
    /// Files, patches, or standard input.
    pub texts: u64,
    pub bytes: u64,
    /// Binary files that were skipped, in archives too.
    pub binary: u64,
    /// Files above the size that was set.
    pub too_large: u64,
    /// Findings that are not loud or sure enough.
    pub quiet: u64,
    /// Findings that a comment allows.
    pub allowed: u64,
}

impl<'r> Seen<'r> {
    /// Takes a finding, if it is loud and sure enough.
    pub fn take(&mut self, context: &Context<'r>, finding: &Finding<'r>, text: &str, place: Place) {
        let level = match policy::judge(finding, &Destination::default(), &Settings::default()) {
            Verdict::Allow => Level::All,
            Verdict::Note => Level::Note,
            Verdict::Warn | Verdict::Block => Level::Warn,
        };
        if level < context.level || finding.confidence < context.confidence {
            // What is meant to be public is not worth a word.
            self.quiet += u64::from(level > Level::All);
            return;
        }
        let secret = &text[finding.secret.clone()];
        self.found.push(Found {
            rule: finding.rule,
            level,
            confidence: finding.confidence,
            outcome: finding.outcome,
            masked: masked(finding.rule, secret),
            facts: finding.facts.clone(),
            beside: finding
                .beside
                .iter()
                .map(|part| (&*part.rule.name, masked(part.rule, &text[part.span.clone()])))
                .collect(),
            secret: context.shows_secrets.then(|| secret.to_string()),
            mark: context.salt.mark(&[&finding.rule.id, &path_of(&place.name), secret]),
            place,
        });
    }

    /// Notes that a limit was reached.
    pub fn partly(&mut self, name: &Name, why: impl Into<String>) {
        self.notices.push(Notice { name: name.to_string(), why: why.into(), failed: false });
    }

    /// Notes that something could not be looked at.
    pub fn failed(&mut self, name: &Name, why: impl fmt::Display) {
        self.notices.push(Notice { name: name.to_string(), why: why.to_string(), failed: true });
    }

    /// Adds the figures of another part.
    pub fn count(&mut self, other: &Seen<'_>) {
        self.texts += other.texts;
        self.bytes += other.bytes;
        self.binary += other.binary;
        self.too_large += other.too_large;
        self.quiet += other.quiet;
        self.allowed += other.allowed;
    }
}

/// The path by which a baseline knows a file: the same on every system.
fn path_of(name: &Name) -> String {
    let path = name.path.replace('\\', "/");
    name.inside.as_ref().map_or_else(|| path.clone(), |inside| format!("{path}!{inside}"))
}
