//! What can be asked of the tool.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use keystay::rules::Confidence;

use crate::knowledge::Knowledge;
use crate::own::Own;

/// Finds API keys and other secrets: in files, archives, notebooks and git history.
#[derive(Parser)]
#[command(version, about)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Find secrets in files, folders, standard input, staged changes or history.
    ///
    /// Exit code 0: nothing found. 1: something at or above --fail-on was found. 2: something could not be scanned.
    Scan(ScanArguments),
    /// Register values of no known shape by fingerprint, so that `scan --own` finds them.
    #[command(subcommand)]
    Own(Own),
    /// List the kinds of key.
    Rules(RulesArguments),
    /// Explain a kind of key: how it is recognised and proved, and where to revoke it.
    Explain {
        /// Rule id, as `keystay rules` lists them.
        rule: String,
    },
    /// Make practice keys that a rule finds. None of them was ever issued.
    Sample(SampleArguments),
    /// Measure what is found in a folder of corpora, and how often something that is no secret alarms.
    #[command(hide = true)]
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
    /// Print what the extension's pages and its warning say of each rule, as JSON.
    #[command(hide = true)]
    Catalog,
    /// Print the tripwire's JavaScript module.
    #[command(hide = true)]
    Tripwire {
        /// Print instead, as JSON, what its function `add` must be given for company rules and own secrets.
        #[arg(long)]
        additions: bool,
        #[command(flatten)]
        knowledge: Knowledge,
    },
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(hide = true)]
    Man,
}

#[derive(Args)]
pub struct ScanArguments {
    #[command(flatten)]
    pub knowledge: Knowledge,
    /// Files and folders, `-` for standard input. With --staged or --history: a folder in the repository.
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Scan what is staged in git.
    #[arg(long, conflicts_with = "history", help_heading = "Git")]
    pub staged: bool,
    /// Scan what each commit added: of every branch and tag, or of a range such as main..HEAD.
    #[arg(long, value_name = "RANGE", num_args = 0..=1, help_heading = "Git")]
    pub history: Option<Option<String>>,
    /// Only commits after this date, such as 2026-01-31 or "2 weeks ago".
    #[arg(long, value_name = "DATE", requires = "history", help_heading = "Git")]
    pub since: Option<String>,

    /// How findings are written.
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// Write findings to a file instead of standard output.
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Show secrets in full. Without this, no output holds more of a secret than its prefix and its last two characters.
    #[arg(long, help_heading = "Output")]
    pub show_secrets: bool,
    /// No summary and no progress, only findings and errors.
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
    /// No colours. The environment variable NO_COLOR does the same.
    #[arg(long, help_heading = "Output")]
    pub no_color: bool,

    /// Exit with code 1 for findings that are at least this loud.
    #[arg(long, value_enum, default_value_t, help_heading = "What counts")]
    pub fail_on: FailOn,
    /// Report findings that are at least this loud. By default what makes the scan fail: warnings.
    #[arg(long, value_enum, help_heading = "What counts")]
    pub level: Option<Level>,
    /// Report findings that are at least this sure.
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "What counts")]
    pub min_confidence: Option<Sureness>,
    /// Leave out what this baseline lists; missing is empty.
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub baseline: Option<PathBuf>,
    /// Write what was found to the baseline, and succeed.
    #[arg(long, requires = "baseline", help_heading = "What counts")]
    pub write_baseline: bool,

    /// Leave out paths that match, as in .gitignore. Can be given several times.
    #[arg(long, value_name = "GLOB", help_heading = "Where to look")]
    pub exclude: Vec<String>,
    /// Heed neither ignore files (.gitignore, .ignore, .keystayignore) nor `keystay:allow` comments.
    #[arg(long, help_heading = "Where to look")]
    pub no_ignore: bool,
    /// Skip files above this size, such as 500K, 20M or 1G. Without this, files of any size are scanned.
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Where to look")]
    pub max_file_size: Option<u64>,
    /// Threads; by default as many as there are processors.
    #[arg(long, value_name = "N", help_heading = "Where to look")]
    pub threads: Option<std::num::NonZeroUsize>,

    /// Treat standard input as JSON lines with a field `text`, and print one JSON array of findings a line.
    #[arg(long, hide = true)]
    pub rows: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line for each.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, as code scanning of GitHub and GitLab reads it.
    Sarif,
}

/// How loud a finding is: the words of the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Level {
    /// Also what is meant to be public.
    All,
    /// Also test keys, values that only might be secrets, and keys with a wrong checksum.
    Note,
    /// Live keys.
    Warn,
}

/// What makes a scan fail.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Notes and warnings.
    Note,
    /// Warnings.
    #[default]
    Warn,
    /// Nothing.
    Never,
}

impl FailOn {
    /// The least loud finding that fails, if any does.
    pub fn level(self) -> Option<Level> {
        match self {
            FailOn::Note => Some(Level::Note),
            FailOn::Warn => Some(Level::Warn),
            FailOn::Never => None,
        }
    }
}

impl ScanArguments {
    /// The least loud finding that is reported. What fails a scan is always reported.
    pub fn least_level(&self) -> Level {
        let fails = self.fail_on.level().unwrap_or(Level::Warn);
        self.level.map_or(fails, |level| level.min(fails))
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, ValueEnum)]
pub enum Sureness {
    /// It could be one.
    Low,
    /// A word beside a random value.
    Medium,
    /// A prefix of the provider's own and the exact shape.
    High,
    /// Proved by its own checksum or structure.
    Certain,
}

impl From<Sureness> for Confidence {
    fn from(sureness: Sureness) -> Self {
        match sureness {
            Sureness::Low => Confidence::Low,
            Sureness::Medium => Confidence::Medium,
            Sureness::High => Confidence::High,
            Sureness::Certain => Confidence::Certain,
        }
    }
}

#[derive(Args)]
pub struct RulesArguments {
    /// Only rules that have all of these words in their id, name or provider.
    pub words: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Print only their number.
    #[arg(long, conflicts_with = "json")]
    pub count: bool,
    /// Print all of them as the page docs/types.md.
    #[arg(long, conflicts_with_all = ["json", "count", "words"])]
    pub markdown: bool,
}

#[derive(Args)]
pub struct SampleArguments {
    /// Rule id.
    #[arg(required_unless_present = "all")]
    pub rule: Option<String>,
    /// For every rule, as JSON lines with the fields rule, provider, name, sample, and text, in which a context word stands where one is needed.
    #[arg(long)]
    pub all: bool,
    /// Print JSON lines.
    #[arg(long)]
    pub json: bool,
    /// How many for each rule.
    #[arg(long, default_value_t = 1)]
    pub count: usize,
    /// For a repeatable run.
    #[arg(long)]
    pub seed: Option<u64>,
}

/// Reads a size: a number of bytes, or of units of 1024 with K, M or G behind it.
fn size(text: &str) -> Result<u64, String> {
    let number = text.trim_end_matches(['b', 'B', 'i']);
    let (digits, unit) = match number.chars().next_back() {
        Some('k' | 'K') => (&number[..number.len() - 1], 1 << 10),
        Some('m' | 'M') => (&number[..number.len() - 1], 1 << 20),
        Some('g' | 'G') => (&number[..number.len() - 1], 1 << 30),
        _ => (number, 1_u64),
    };
    let number: Option<u64> = digits.parse().ok();
    number.and_then(|number| number.checked_mul(unit)).ok_or_else(|| "write a size such as 500K, 20M or 1G".to_string())
}
