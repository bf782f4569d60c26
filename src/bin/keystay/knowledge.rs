//! What is looked for besides the built-in rules: a company's rules, and own secrets.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use keystay::own::OwnSecrets;
use keystay::rules::CustomRules;
use keystay::scan::Scanner;

/// Files to look by.
#[derive(clap::Args)]
pub struct Knowledge {
    /// File with a company's rules, in the form of docs/company-rules.md. Can be given several times. A rule that cannot be used is named, and
    /// the others work.
    #[arg(long = "rules", value_name = "FILE", help_heading = "What to look for")]
    rules: Vec<PathBuf>,
    /// Store of own secrets, made by `keystay own add`.
    #[arg(long = "own", value_name = "FILE", help_heading = "What to look for")]
    own: Option<PathBuf>,
}

impl Knowledge {
    /// A scanner that knows all of it.
    pub fn scanner(&self) -> io::Result<Scanner> {
        let files = self.rules.iter().map(|path| Ok((path.display().to_string(), text(path)?)));
        let (custom, refused) = CustomRules::compile(&files.collect::<io::Result<Vec<_>>>()?);
        for one in refused {
            let place = if one.rule.is_empty() { one.file } else { format!("{}: {}", one.file, one.rule) };
            // Not even a closed standard error is a reason to panic.
            writeln!(io::stderr(), "keystay: {place}: {}", one.reason).ok();
        }
        Ok(Scanner::with(custom, self.own.as_deref().map(store).transpose()?))
    }
}

/// Reads a store of own secrets.
pub fn store(path: &Path) -> io::Result<OwnSecrets> {
    OwnSecrets::from_json(&text(path)?).map_err(|problem| named(path, io::Error::other(problem)))
}

/// Reads a file, and names it where that fails.
pub fn text(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map_err(|error| named(path, error))
}

/// The error with the name of its file.
pub fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
