//! How far a scan is, for a person who waits. Only on a terminal.

use std::io::{self, IsTerminal};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use crate::scan::found::Seen;

/// A line on standard error that comes and goes.
pub struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn new(quiet: bool) -> Self {
        let bar = (!quiet && io::stderr().is_terminal()).then(ProgressBar::new_spinner);
        if let (Some(bar), Ok(style)) = (&bar, ProgressStyle::with_template("{spinner} {msg}")) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows what was scanned up to now, at most some times a second.
    pub fn show(&mut self, seen: &Seen<'_>) {
        if let Some(bar) = &self.0 {
            bar.set_message(format!(
                "{} files, {}, {} findings",
                HumanCount(seen.texts),
                HumanBytes(seen.bytes),
                seen.found.len()
            ));
            bar.tick();
        }
    }

    /// Takes the line away while something else is written.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    pub fn end(&self) {
        self.0.iter().for_each(ProgressBar::finish_and_clear);
    }
}
