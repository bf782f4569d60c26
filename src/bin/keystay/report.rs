//! What a person or a program gets to see.
//!
//! Findings come as they were made fit to be shown: with a mask for the secret, unless the secret was asked for.

mod json;
pub mod progress;
mod sarif;
mod text;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use keystay::proof::{Fact, Outcome};
use keystay::rules::{Confidence, Rule};
use sha2::{Digest, Sha256};

use crate::arguments::{Format, Level, ScanArguments};
use crate::scan::found::{Found, Notice, Seen, printable};

/// Writes the findings of a scan in the format that was asked for.
pub struct Report {
    format: Format,
    quiet: bool,
    writes_baseline: bool,
    level: Level,
    /// What is counted.
    unit: &'static str,
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    /// Findings that the baseline has.
    pub known: usize,
}

impl Report {
    /// Opens the output, so that it is known before the scan whether it can be written.
    pub fn new(arguments: &ScanArguments) -> io::Result<Self> {
        let colours = if arguments.no_color { ColorChoice::Never } else { ColorChoice::Auto };
        let out: Box<dyn Write> = match &arguments.output {
            Some(path) => Box::new(BufWriter::new(create(path)?)),
            None => Box::new(AutoStream::new(io::stdout(), colours)),
        };
        Ok(Self {
            format: arguments.format,
            quiet: arguments.quiet,
            writes_baseline: arguments.write_baseline,
            level: arguments.least_level(),
            unit: if arguments.staged || arguments.history.is_some() { "patch" } else { "file" },
            out: match arguments.output {
                Some(_) => Box::new(anstream::StripStream::new(out)),
                None => out,
            },
            err: Box::new(AutoStream::new(io::stderr(), colours)),
            known: 0,
        })
    }

    /// Writes what can be written at once. Errors of standard error are nobody's business.
    pub fn take(&mut self, found: &[Found<'_>], notices: &[Notice]) -> io::Result<()> {
        notices.iter().for_each(|notice| text::notice(notice, &mut self.err));
        if self.format == Format::Text && !self.writes_baseline {
            found.iter().try_for_each(|found| text::line(found, &mut self.out))?;
            self.out.flush()?;
        }
        Ok(())
    }

    /// Writes the rest, and the summary.
    pub fn end(&mut self, seen: &Seen<'_>) -> io::Result<()> {
        match self.format {
            Format::Text => {}
            Format::Json => json::write(seen, &mut self.out)?,
            Format::Sarif => sarif::write(seen, &mut self.out)?,
        }
        self.out.flush()?;
        if !self.quiet {
            let summary = text::Summary {
                seen,
                known: self.known,
                shows_notes: self.level < Level::Warn,
                writes_baseline: self.writes_baseline,
                unit: self.unit,
            };
            summary.write(&mut self.err).ok();
        }
        Ok(())
    }
}

fn create(path: &Path) -> io::Result<File> {
    File::create(path).map_err(|error| io::Error::other(format!("{} cannot be written: {error}", path.display())))
}

/// How sure a finding is, in a word.
fn sureness(found: &Found<'_>) -> &'static str {
    match (found.outcome, found.confidence) {
        (Outcome::Breaks, _) => "its checksum or structure is wrong",
        (_, Confidence::Certain) => "proved",
        (_, Confidence::High) => "likely",
        (_, Confidence::Medium | Confidence::Low) => "possible",
    }
}

/// What belongs to a secret and what it says about itself, behind a comma each. How its checksum is, is said by how sure the
/// finding is.
fn facts(found: &Found<'_>) -> String {
    let parts = found.beside.iter().map(|(name, masked)| format!("with its {name} {masked}"));
    let facts = found.facts.iter().filter(|fact| !matches!(fact, Fact::Checksum { .. })).map(Fact::to_string);
    parts.chain(facts).map(|words| format!(", {}", printable(&words))).collect()
}

/// A debug name in lower case, as programs like it.
fn word(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

/// A name for a finding that stays the same when lines move, for programs that follow findings from scan to scan. It is made
/// of what is shown anyway, so it says nothing about the secret. `nth` counts findings that look the same in one file.
fn fingerprint(found: &Found<'_>, nth: usize) -> String {
    let parts = [found.rule.id.to_string(), found.place.name.to_string(), found.masked.clone(), nth.to_string()];
    let digest = Sha256::digest(parts.join("\0"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The findings with their fingerprints.
fn with_fingerprints<'s, 'r>(found: &'s [Found<'r>]) -> impl Iterator<Item = (&'s Found<'r>, String)> {
    let mut seen = std::collections::HashMap::new();
    found.iter().map(move |found| {
        let nth = seen.entry(fingerprint(found, 0)).or_insert(0);
        *nth += 1;
        (found, fingerprint(found, *nth))
    })
}

/// What to do about a key of this kind.
fn advice(rule: &Rule) -> String {
    let revoke = if rule.revoke.is_empty() { String::new() } else { format!(" ({})", rule.revoke) };
    let place = if rule.env.is_empty() { String::new() } else { format!(", for example as {}", rule.env) };
    format!("Revoke it{revoke}, make a new one, and keep that outside of the code{place}.")
}
