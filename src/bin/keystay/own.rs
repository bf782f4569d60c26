//! `keystay own`: registers values by fingerprint, lists and forgets them. See docs/own-secrets.md.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io::ErrorKind};

use clap::Subcommand;
use keystay::own::{OwnSecrets, SALT};
use zeroize::Zeroizing;

use crate::knowledge::{named, store, text};

#[derive(Subcommand)]
pub enum Own {
    /// Register the values of a `.env` file. What could be guessed from its fingerprint is refused and named; exit code 1 when nothing was
    /// registered.
    Add {
        /// The `.env` file.
        #[arg(long)]
        from: PathBuf,
        /// Where the fingerprints are kept; made when it is missing.
        #[arg(long)]
        store: PathBuf,
    },
    /// List what is registered: an id and the name of the variable.
    List {
        /// Where the fingerprints are kept.
        #[arg(long)]
        store: PathBuf,
    },
    /// Forget a value.
    Remove {
        /// Its id, as `list` shows it.
        id: String,
        /// Where the fingerprints are kept.
        #[arg(long)]
        store: PathBuf,
    },
}

pub fn run(command: &Own, out: &mut impl Write) -> io::Result<ExitCode> {
    match command {
        Own::Add { from, store } => add(from, store, out),
        Own::List { store } => list(&self::store(store)?, out),
        Own::Remove { id, store } => {
            let mut own = self::store(store)?;
            if !own.remove(id) {
                return Err(io::Error::new(ErrorKind::NotFound, format!("no value with the id {id} is registered")));
            }
            keep(&own, store)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn add(from: &Path, path: &Path, out: &mut impl Write) -> io::Result<ExitCode> {
    let env = Zeroizing::new(text(from)?);
    let mut own = match store(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => OwnSecrets::new(salt()?),
        store => store?,
    };
    let before = own.list().len();
    for refused in own.add_env(&env) {
        writeln!(out, "{} is not registered: {}", refused.label, refused.reason)?;
    }
    let added = own.list().len() - before;
    keep(&own, path)?;
    writeln!(out, "{added} registered")?;
    Ok(ExitCode::from(u8::from(added == 0)))
}

fn list(own: &OwnSecrets, out: &mut impl Write) -> io::Result<ExitCode> {
    for registered in own.list() {
        writeln!(out, "{} {}", registered.id, registered.label)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn salt() -> io::Result<[u8; SALT]> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).map_err(io::Error::other)?;
    Ok(salt)
}

/// Replaces the store in one step, so that a crash leaves the old one or the new one, readable by its owner alone.
fn keep(own: &OwnSecrets, path: &Path) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new).map_err(|error| named(&new, error))?;
    file.write_all(own.to_json().as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path).map_err(|error| named(path, error))
}
