//! `keystay`: the engine on the command line.

mod score;

use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, iter};

use clap::{Parser, Subcommand};
use keystay::policy::{self, Destination, Settings};
use keystay::redact::masked;
use keystay::rules::{Confidence, Rule};
use keystay::scan::{Finding, Scanner};

/// Finds API keys and other secrets in text.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scan files and folders, or standard input for `-`. Exit code 1 when something was found, 2 on an error.
    Scan {
        /// Files and folders. Ignore files are heeded; binary files are skipped.
        #[arg(default_value = "-")]
        paths: Vec<PathBuf>,
        /// Also show notes: generic values and broken proofs.
        #[arg(long)]
        notes: bool,
        /// Treat standard input as JSON lines with a field `text`, and print one JSON array of findings a line.
        #[arg(long)]
        rows: bool,
    },
    /// List the rules.
    Rules {
        /// Only their number.
        #[arg(long)]
        count: bool,
    },
    /// Make keys that a rule finds. None of them was ever issued.
    Sample {
        /// Rule id.
        #[arg(required_unless_present = "all")]
        rule: Option<String>,
        /// For every rule, as JSON lines with the fields rule, provider, name, sample, and text, in which a context word stands where one is needed.
        #[arg(long)]
        all: bool,
        /// Print JSON lines.
        #[arg(long)]
        json: bool,
        /// How many for each rule.
        #[arg(long, default_value_t = 1)]
        count: usize,
        /// For a repeatable run.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Measure what is found in a folder of corpora, and how often something that is no secret alarms.
    Score {
        /// Folder with the corpora.
        corpora: PathBuf,
        /// File with figures that must not get worse; exit code 1 when one does.
        #[arg(long)]
        baseline: Option<PathBuf>,
        /// Write the figures to the baseline.
        #[arg(long, requires = "baseline")]
        update: bool,
        /// Name every row that is wrong.
        #[arg(long)]
        rows: bool,
    },
    /// Print the tripwire's JavaScript module.
    Tripwire,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keystay: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    match command {
        Command::Scan { rows: true, .. } => scan_rows(&mut out),
        Command::Scan { paths, notes, .. } => scan_paths(&paths, notes, &mut out),
        Command::Rules { count: true } => writeln!(out, "{}", Rule::all().len()).map(|()| ExitCode::SUCCESS),
        Command::Rules { .. } => {
            for rule in Rule::all() {
                writeln!(out, "{:<40} {:<24} {}", rule.id, rule.provider, rule.name)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Sample { rule, all, json, count, seed } => {
            samples(rule.as_deref(), all || json, count, seed, &mut out)
        }
        Command::Score { corpora, baseline, update, rows } => {
            let wanted = score::Wanted { corpora: &corpora, baseline: baseline.as_deref(), update, rows };
            score::score(&wanted, &mut out)
        }
        Command::Tripwire => write!(out, "{}", keystay::tripwire::module()).map(|()| ExitCode::SUCCESS),
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

fn scan_paths(paths: &[PathBuf], notes: bool, out: &mut impl Write) -> io::Result<ExitCode> {
    let mut found = false;
    for path in paths {
        if path == Path::new("-") {
            let mut text = Vec::new();
            io::stdin().read_to_end(&mut text)?;
            found |= report("-", &text, notes, out)?;
            continue;
        }
        if !path.exists() {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} does not exist", path.display())));
        }
        for entry in
            ignore::WalkBuilder::new(path).hidden(false).filter_entry(|entry| entry.file_name() != ".git").build()
        {
            let entry = entry.map_err(io::Error::other)?;
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                found |= report(&entry.path().display().to_string(), &fs::read(entry.path())?, notes, out)?;
            }
        }
    }
    Ok(ExitCode::from(u8::from(found)))
}

/// Prints the findings of one file, redacted; whether there were any.
fn report(name: &str, bytes: &[u8], notes: bool, out: &mut impl Write) -> io::Result<bool> {
    // As git does: a file with a NUL byte near its beginning is no text.
    if bytes.iter().take(8000).any(|&byte| byte == 0) {
        return Ok(false);
    }
    let text = String::from_utf8_lossy(bytes);
    let scan = Scanner::shared().scan(&text, now());
    let mut shown = false;
    for finding in scan.findings.iter().filter(|finding| notes || finding.confidence > Confidence::Low) {
        let line = text[..finding.span.start].matches('\n').count() + 1;
        let rule = finding.rule;
        writeln!(out, "{name}:{line}: {} ({}): {}", rule.name, rule.id, masked(rule, &text[finding.secret.clone()]))?;
        shown = true;
    }
    if scan.partial {
        writeln!(out, "{name}: only partly scanned: a limit was reached")?;
    }
    Ok(shown)
}

fn scan_rows(out: &mut impl Write) -> io::Result<ExitCode> {
    for line in io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?).map_err(io::Error::other)?;
        let text = row["text"].as_str().ok_or_else(|| io::Error::other("a row has no string in its field text"))?;
        let findings: Vec<_> = Scanner::shared().scan(text, now()).findings.iter().map(row_of).collect();
        writeln!(out, "{}", serde_json::Value::Array(findings))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn row_of(finding: &Finding) -> serde_json::Value {
    serde_json::json!({
        "rule": finding.rule.id,
        "start": finding.span.start,
        "end": finding.span.end,
        "secret": [finding.secret.start, finding.secret.end],
        "confidence": format!("{:?}", finding.confidence).to_lowercase(),
        "proof": format!("{:?}", finding.outcome).to_lowercase(),
        "verdict": format!("{:?}", policy::judge(finding, &Destination::default(), &Settings::default())).to_lowercase(),
    })
}

fn samples(
    id: Option<&str>,
    json: bool,
    count: usize,
    seed: Option<u64>,
    out: &mut impl Write,
) -> io::Result<ExitCode> {
    let mut random = seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
    let rules: Vec<&Rule> = match id {
        Some(id) => vec![Rule::named(id).ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, format!("there is no rule {id}; `keystay rules` lists them"))
        })?],
        None => Rule::all().iter().collect(),
    };
    for rule in rules {
        for sample in iter::repeat_with(|| rule.sample(&mut random)).take(count) {
            match json {
                true => writeln!(out, "{}", sample_row(rule, &sample))?,
                false => writeln!(out, "{sample}")?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn sample_row(rule: &Rule, sample: &str) -> serde_json::Value {
    serde_json::json!({
        "rule": rule.id,
        "provider": rule.provider,
        "name": rule.name,
        "sample": sample,
        "text": rule.in_context(sample),
    })
}
