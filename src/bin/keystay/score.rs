//! `keystay score`: how much of the corpora is found, and how often something that is no secret alarms.
//!
//! The corpora are rows of other projects' tests, of generated keys and of harmless texts (`README.md` in their folder). They are
//! read where they lie and never become part of this project. A hit row is right when something is found where the row says
//! that the secret stands, or by a rule of the provider that it is about wherever that rule sees it, or when the row's checksums
//! are all broken and nothing warns: such a key was invented, and a calm note is all that it deserves. A miss row of another
//! project says that one rule must be silent. A warning of another kind may be right there, as on a live Slack token among the
//! misses of a rule for another form of it, so both are counted: every row that warns, and those that warn of what they are not.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{fs, str};

use keystay::policy::{self, Destination, Settings, Verdict};
use keystay::rules::Rule;
use keystay::scan::{Finding, Scanner};
use serde::{Deserialize, Serialize};

/// In the order of the table: what must be perfect comes first.
const CORPORA: &[&str] = &["synth_valid", "benign_synth", "gitleaks", "noseyparker", "secretlint", "detect-secrets"];
/// Tokens that each form is made of; it counts as seen when all of them are.
const TOKENS: &str = "5";

/// What is asked of the score.
pub struct Wanted<'a> {
    /// Folder of the corpora.
    pub corpora: &'a Path,
    /// Figures that must not get worse.
    pub baseline: Option<&'a Path>,
    /// Write the figures there instead.
    pub update: bool,
    /// Name every row that is wrong.
    pub rows: bool,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    expect: String,
    secret: Option<String>,
    #[serde(default)]
    type_ids: Vec<String>,
    #[serde(default)]
    checksum: BTreeMap<String, String>,
    /// The row's own rule also looks at a file's path, which a text alone does not have.
    path: Option<String>,
}

#[derive(Deserialize)]
struct Form {
    form: String,
    text: String,
    expect: String,
}

/// The figures of one corpus.
#[derive(Default, Serialize, Deserialize, Clone)]
#[serde(default)]
struct Figures {
    /// Hit rows.
    hits: usize,
    /// Of those, right ones.
    found: usize,
    /// Hit rows of a type that there is a rule for.
    typed: usize,
    /// Of those, right ones.
    typed_found: usize,
    /// Miss rows.
    misses: usize,
    /// Of those, rows that warn.
    alarms: usize,
    /// Of those, rows that warn of the very kind that they are not.
    false_alarms: usize,
    /// Miss rows that are noted and do not warn.
    notes: usize,
    /// Found rows of which it is known where the secret stands.
    placed: usize,
    /// Of those, rows of which everything secret would be hidden.
    hidden: usize,
}

/// What is compared with the baseline.
#[derive(Default, Serialize, Deserialize)]
struct Score {
    corpora: BTreeMap<String, Figures>,
    /// Forms that hide a key and are seen through.
    evasion: usize,
}

/// Prints the score.
///
/// Fails with exit code 1 when a figure is worse than the baseline's. Where the corpora are not there, it says so and succeeds:
/// they come with this project's workshop, not with a clone.
pub fn score(wanted: &Wanted<'_>, out: &mut impl Write) -> io::Result<ExitCode> {
    if !wanted.corpora.is_dir() {
        writeln!(out, "score: skipped, there are no corpora in {}", wanted.corpora.display())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut score = Score::default();
    let mut types: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut providers: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    writeln!(
        out,
        "{:<16}{:>24}{:>24}{:>22}{:>22}{:>20}{:>24}",
        "corpus",
        "hits found",
        "of types with a rule",
        "misses that warn",
        "of their own kind",
        "noted",
        "wholly hidden"
    )?;
    for name in CORPORA {
        let mut figures = Figures::default();
        for row in rows(&wanted.corpora.join(format!("{name}.jsonl")))? {
            let right = count(&row, &mut figures, &mut types, &mut providers);
            if wanted.rows && !right {
                writeln!(out, "  {} {}: {}", row.expect, row.id, row.type_ids.join(" "))?;
            }
        }
        let f = &figures;
        let [found, typed] = [share(f.found, f.hits), share(f.typed_found, f.typed)];
        let [alarms, own, notes] = [f.alarms, f.false_alarms, f.notes].map(|part| share(part, f.misses));
        let hidden = share(f.hidden, f.placed);
        writeln!(out, "{name:<16}{found:>24}{typed:>24}{alarms:>22}{own:>22}{notes:>20}{hidden:>24}")?;
        score.corpora.insert((*name).to_string(), figures);
    }
    score.evasion = evasion(wanted.corpora, out)?;
    writeln!(out, "\nproviders: rows found, over all corpora")?;
    for (name, &(found, all)) in &providers {
        writeln!(out, "  {name:<36}{}", share(found, all))?;
    }
    let weak = types.iter().filter(|(_, (found, all))| found < all);
    writeln!(out, "\ntypes of which rows are missed, over all corpora")?;
    for (name, &(found, all)) in weak {
        writeln!(out, "  {name:<36}{}", share(found, all))?;
    }
    match wanted.baseline {
        Some(file) if wanted.update => {
            let text = serde_json::to_string_pretty(&score).map_err(io::Error::other)?;
            fs::write(file, text + "\n").map(|()| ExitCode::SUCCESS)
        }
        Some(file) => compare(&score, &serde_json::from_slice(&fs::read(file)?).map_err(io::Error::other)?, file, out),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn rows(file: &Path) -> io::Result<Vec<Row>> {
    let lines = io::BufReader::new(fs::File::open(file)?).lines();
    let rows = lines.map(|line| serde_json::from_str(&line?).map_err(io::Error::other));
    rows.filter(|row: &io::Result<Row>| row.as_ref().map_or(true, |row| row.path.is_none())).collect()
}

type Shares = BTreeMap<String, (usize, usize)>;

/// Counts a row; whether it is right.
fn count(row: &Row, figures: &mut Figures, types: &mut Shares, providers: &mut Shares) -> bool {
    let findings = scan(&row.text);
    let warns = findings.iter().any(warns);
    let known: Vec<_> = row.type_ids.iter().filter_map(|id| Rule::named(id)).collect();
    if row.expect == "miss" {
        let own = |finding: &Finding<'_>| known.is_empty() || known.contains(&finding.rule);
        figures.misses += 1;
        figures.alarms += usize::from(warns);
        figures.false_alarms += usize::from(findings.iter().any(|finding| self::warns(finding) && own(finding)));
        figures.notes += usize::from(!warns && findings.iter().any(notes));
        return !warns;
    }
    let place =
        row.secret.as_ref().and_then(|secret| Some(row.text.find(secret)?..row.text.find(secret)? + secret.len()));
    let there = |finding: &&Finding<'_>| place.as_ref().is_none_or(|place| overlap(&finding.span, place));
    let named = |finding: &Finding<'_>| known.iter().any(|rule| rule.provider == finding.rule.provider);
    let found = findings.iter().any(|finding| there(&finding) || named(finding));
    let invented = !row.checksum.is_empty() && row.checksum.values().all(|state| state == "bad");
    let right = found || (invented && !warns);
    figures.hits += 1;
    figures.found += usize::from(right);
    if let Some(place) = place.as_ref().filter(|_| findings.iter().any(|finding| there(&finding))) {
        figures.placed += 1;
        figures.hidden += usize::from(hides(&findings, place));
    }
    if !known.is_empty() {
        figures.typed += 1;
        figures.typed_found += usize::from(right);
    }
    known.iter().for_each(|rule| add(types, &rule.id, right));
    let mut names: Vec<_> = known.iter().map(|rule| &rule.provider).collect();
    names.dedup();
    names.into_iter().for_each(|name| add(providers, name, right));
    right
}

fn add(shares: &mut Shares, name: &str, right: bool) {
    let (found, all) = shares.entry(name.to_string()).or_default();
    *found += usize::from(right);
    *all += 1;
}

/// Whether the secret parts of the findings cover a place.
fn hides(findings: &[Finding<'_>], place: &Range<usize>) -> bool {
    place.clone().all(|at| findings.iter().any(|finding| finding.secret.contains(&at)))
}

/// Nothing has expired, so that the figures do not depend on the day.
fn scan(text: &str) -> Vec<Finding<'static>> {
    Scanner::shared().scan(text, 0).findings
}

fn warns(finding: &Finding) -> bool {
    policy::judge(finding, &Destination::default(), &Settings::default()) >= Verdict::Warn
}

fn notes(finding: &Finding<'_>) -> bool {
    policy::judge(finding, &Destination::default(), &Settings::default()) == Verdict::Note
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn share(part: usize, all: usize) -> String {
    if all == 0 {
        return "–".to_string();
    }
    format!("{part} of {all}, {:.1} %", 100.0 * part as f64 / all as f64)
}

/// Prints which forms of a hidden key are seen through, by a warning or at all, and gives the number of those that warn.
fn evasion(corpora: &Path, out: &mut impl Write) -> io::Result<usize> {
    let output =
        Command::new("python3").arg(corpora.join("evasion.py")).args(["--seed", "1", "--count", TOKENS]).output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        writeln!(out, "\nforms in which a key hides: skipped, python3 does not run here")?;
        return Ok(0);
    };
    let mut forms: BTreeMap<String, Verdict> = BTreeMap::new();
    for line in str::from_utf8(&output.stdout).map_err(io::Error::other)?.lines() {
        let form: Form = serde_json::from_str(line).map_err(io::Error::other)?;
        if form.expect == "miss" {
            continue;
        }
        let verdicts = scan(&form.text).into_iter();
        let loudest =
            verdicts.map(|finding| policy::judge(&finding, &Destination::default(), &Settings::default())).max();
        let verdict = loudest.unwrap_or(Verdict::Allow);
        forms.entry(form.form).and_modify(|known| *known = (*known).min(verdict)).or_insert(verdict);
    }
    let seen = forms.values().filter(|&&verdict| verdict >= Verdict::Warn).count();
    writeln!(out, "\nforms in which a key hides, of which a warning comes: {}", share(seen, forms.len()))?;
    for (form, verdict) in forms.iter().filter(|&(_, &verdict)| verdict < Verdict::Warn) {
        let state = if *verdict == Verdict::Note { "a note" } else { "nothing" };
        writeln!(out, "  {form:<36}{state}")?;
    }
    Ok(seen)
}

fn compare(now: &Score, before: &Score, file: &Path, out: &mut impl Write) -> io::Result<ExitCode> {
    let mut worse = Vec::new();
    let mut note = |name: &str, what: &str, now: usize, before: usize, more_is_better: bool| {
        if (more_is_better && now < before) || (!more_is_better && now > before) {
            worse.push(format!("{name}: {what} {now}, was {before}"));
        }
    };
    for (name, before) in &before.corpora {
        let now = now.corpora.get(name).cloned().unwrap_or_default();
        note(name, "found", now.found, before.found, true);
        note(name, "found of types with a rule", now.typed_found, before.typed_found, true);
        note(name, "alarms", now.alarms, before.alarms, false);
        note(name, "alarms of the kind that a row is not", now.false_alarms, before.false_alarms, false);
        note(name, "notes on what is no secret", now.notes, before.notes, false);
        note(name, "secrets that are wholly hidden", now.hidden, before.hidden, true);
    }
    note("forms in which a key hides", "seen", now.evasion, before.evasion, true);
    if worse.is_empty() {
        writeln!(out, "\nno figure is worse than in {}", file.display())?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "\nworse than in {}; `--update` writes the new figures there:", file.display())?;
    worse.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    Ok(ExitCode::FAILURE)
}
