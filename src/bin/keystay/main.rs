//! `keystay`: the engine on the command line.

mod arguments;
mod catalog;
mod knowledge;
mod own;
mod report;
mod rows;
mod samples;
mod scan;
mod score;
mod types;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        // Whoever reads has read enough; `keystay rules | head` is no error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // Not even a closed standard error is a reason to panic.
            writeln!(io::stderr(), "keystay: {error}").ok();
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    match command {
        Command::Scan(arguments) if arguments.rows => rows::scan(&arguments.knowledge.scanner()?, &mut out)?,
        Command::Scan(arguments) => {
            drop(out);
            return scan::scan(&arguments);
        }
        Command::Own(command) => return own::run(&command, &mut out),
        Command::Rules(arguments) => catalog::list(&arguments, &mut out)?,
        Command::Explain { rule } => catalog::explain(&rule, &mut out)?,
        Command::Sample(arguments) => samples::write(&arguments, &mut out)?,
        Command::Score { corpora, baseline, update, rows } => {
            let wanted = score::Wanted { corpora: &corpora, baseline: baseline.as_deref(), update, rows };
            return score::score(&wanted, &mut out);
        }
        Command::Catalog => serde_json::to_writer(&mut out, &keystay::catalog::catalog())?,
        Command::Tripwire { additions: true, knowledge } => {
            serde_json::to_writer(&mut out, &knowledge.scanner()?.additions())?;
        }
        Command::Tripwire { .. } => write!(out, "{}", keystay::tripwire::module())?,
        Command::Completions { shell } => {
            // The generator panics where it cannot write, so it writes to memory.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "keystay", &mut script);
            out.write_all(&script)?;
        }
        Command::Man => clap_mangen::Man::new(Arguments::command()).render(&mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Seconds since 1970, for tokens that say when they expire.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
