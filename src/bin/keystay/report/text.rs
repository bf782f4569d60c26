//! One line for each finding, in the form that editors and people know from compilers.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{facts, sureness};
use crate::arguments::Level;
use crate::scan::found::{Found, Notice, Seen, printable};

const PLACE: Style = Style::new().bold();
const WARN: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Yellow.on_default();

/// `path:line:column: level: name (rule id), how sure: mask`.
pub fn line(found: &Found<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (place, rule) = (&found.place, found.rule);
    write!(out, "{PLACE}{}:{}:{}{PLACE:#}: ", place.name, place.start.line, place.start.column)?;
    let (style, level) = match found.level {
        Level::Warn => (WARN, "warn"),
        Level::Note => (NOTE, "note"),
        Level::All => (Style::new(), "public"),
    };
    write!(out, "{style}{level}{style:#}: {} ({}), {}{}: ", rule.name, rule.id, sureness(found), facts(found))?;
    match &found.secret {
        Some(secret) => write!(out, "{}", printable(secret))?,
        None => write!(out, "{}", found.masked)?,
    }
    if let Some(cell) = place.cell {
        write!(out, " [cell {}, line {}]", cell.number, cell.line)?;
    }
    if let Some(commit) = &place.name.commit {
        let (id, date) = (commit.id.get(..12).unwrap_or(&commit.id), commit.date.get(..10).unwrap_or(&commit.date));
        write!(out, " [commit {}, {}, {}]", printable(id), printable(date), printable(&commit.author))?;
    }
    writeln!(out)
}

/// What could not be scanned, or not all of it.
pub fn notice(notice: &Notice, err: &mut dyn Write) {
    let what = if notice.failed { "not scanned" } else { "only partly scanned" };
    let style = if notice.failed { WARN } else { NOTE };
    writeln!(err, "keystay: {}: {style}{what}{style:#}: {}", printable(&notice.name), printable(&notice.why)).ok();
}

/// A few lines about the whole scan.
pub struct Summary<'s, 'r> {
    pub seen: &'s Seen<'r>,
    /// Findings that the baseline has.
    pub known: usize,
    pub shows_notes: bool,
    pub writes_baseline: bool,
    /// What is counted.
    pub unit: &'static str,
}

impl Summary<'_, '_> {
    pub fn write(&self, err: &mut dyn Write) -> io::Result<()> {
        let Self { seen, known, shows_notes, writes_baseline, unit } = *self;
        let of = |wanted: Level| seen.found.iter().filter(|found| found.level == wanted).count();
        let (warnings, notes) = (count(of(Level::Warn), "warning"), count(of(Level::Note), "note"));
        let found = if shows_notes { format!("{warnings} and {notes}") } else { warnings };
        let verb = if writes_baseline { "written to the baseline, from" } else { "found in" };
        writeln!(err, "keystay: {found} {verb} {} ({}).", count(number(seen.texts), unit), size(seen.bytes))?;
        let remarks = [
            (number(seen.binary), "binary skipped"),
            (number(seen.too_large), "skipped for their size"),
            (known, "in the baseline"),
            (number(seen.allowed), "allowed by a comment"),
            (number(seen.quiet), "not shown for --level or --min-confidence"),
            (seen.notices.iter().filter(|notice| !notice.failed).count(), "only partly scanned"),
            (seen.notices.iter().filter(|notice| notice.failed).count(), "not scanned"),
        ];
        let remarks: Vec<String> =
            remarks.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
        match remarks.is_empty() {
            true => Ok(()),
            false => writeln!(err, "keystay: {}.", remarks.join(", ")),
        }
    }
}

fn number(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn count(number: usize, what: &str) -> String {
    let plural = match (number, what.ends_with("ch")) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{number} {what}{plural}")
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
