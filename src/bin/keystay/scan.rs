//! `keystay scan`.
//!
//! ```text
//! walk, or git   what there is to scan: files, standard input, patches
//!   → pool       on all threads, with results in order
//!   → look       what a file is: text, archive, notebook, binary
//!   → text       windows of text → the engine → findings
//!   → report     text, JSON or SARIF
//! ```

mod allow;
mod archive;
mod baseline;
mod decode;
mod git;
mod look;
mod notebook;
mod office;
mod pool;
mod text;
mod walk;

pub mod found;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use found::{Context, Found, Name, Notice, Seen};
use git::{Blobs, Part, Patch};
use keystay::rules::Confidence;
use look::{Input, look};
use walk::{Filter, Item};

use crate::arguments::ScanArguments;
use crate::report::{Report, progress::Progress};

/// What a thread works on.
enum Job {
    Item(Item),
    Patch(Patch),
}

/// Scans what the arguments name, and reports it.
pub fn scan(arguments: &ScanArguments) -> io::Result<ExitCode> {
    let (salt, known) = baseline::read(arguments.baseline.as_deref())?;
    let filter = Filter::new(arguments)?;
    let scanner = arguments.knowledge.scanner()?;
    let context = Context {
        scanner: &scanner,
        now: crate::now(),
        level: arguments.least_level(),
        confidence: arguments.min_confidence.map_or(Confidence::Low, Confidence::from),
        heeds_comments: !arguments.no_ignore,
        shows_secrets: arguments.show_secrets,
        salt,
    };
    let mut report = Report::new(arguments)?;
    let mut progress = Progress::new(arguments.quiet);
    let repository = repository(arguments)?;
    let mut all = Seen::default();
    let mut marks = HashSet::new();
    let mut broken = None;
    pool::run(
        threads(arguments),
        |send| make_jobs(arguments, repository.as_deref(), &filter, send),
        || Blobs::new(repository.clone().unwrap_or_default()),
        |blobs, job| work(job, &context, arguments, &filter, blobs),
        |seen: Seen<'_>| {
            all.count(&seen);
            progress.show(&all);
            // In history, a key is reported where it first came in.
            let is_new = |found: &Found<'_>| arguments.history.is_none() || marks.insert(found.mark);
            let mut found: Vec<Found<'_>> = seen.found;
            found.retain(is_new);
            if !arguments.write_baseline {
                let before = found.len();
                found.retain(|found| !known.has(found));
                report.known += before - found.len();
            }
            let reported = progress.aside(|| report.take(&found, &seen.notices));
            all.found.append(&mut found);
            all.notices.extend(seen.notices);
            reported.map_err(|error| broken = Some(error)).is_ok()
        },
    );
    progress.end();
    if let Some(error) = broken {
        return Err(error);
    }
    if let Some(path) = arguments.baseline.as_deref().filter(|_| arguments.write_baseline) {
        baseline::write(&all.found, &context.salt, path)?;
    }
    report.end(&all)?;
    Ok(exit_code(arguments, &all))
}

fn exit_code(arguments: &ScanArguments, seen: &Seen<'_>) -> ExitCode {
    let fails = |found: &Found<'_>| arguments.fail_on.level().is_some_and(|level| found.level >= level);
    let failed = seen.notices.iter().any(|notice| notice.failed);
    match seen.found.iter().any(fails) && !arguments.write_baseline {
        true => ExitCode::from(1),
        false if failed => ExitCode::from(2),
        false => ExitCode::SUCCESS,
    }
}

fn threads(arguments: &ScanArguments) -> NonZeroUsize {
    arguments.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

/// The folder of the repository, when git is asked.
fn repository(arguments: &ScanArguments) -> io::Result<Option<PathBuf>> {
    if !arguments.staged && arguments.history.is_none() {
        return Ok(None);
    }
    match arguments.paths.as_slice() {
        [folder] if folder.is_dir() => git::check(folder).map(|()| Some(folder.clone())),
        _ => Err(io::Error::other(
            "with --staged and --history, name one folder in the repository, or none for the current one",
        )),
    }
}

fn make_jobs(arguments: &ScanArguments, repository: Option<&Path>, filter: &Filter, send: &mut dyn FnMut(Job) -> bool) {
    let Some(repository) = repository else {
        walk::walk(&arguments.paths, filter, &mut |item| send(Job::Item(item)));
        return;
    };
    let notice = |send: &mut dyn FnMut(Job) -> bool, why: String, failed| {
        send(Job::Item(Item::Notice(Notice { name: repository.display().to_string(), why, failed })));
    };
    let range = arguments.history.as_ref().and_then(Option::as_deref);
    let part = match arguments.staged {
        true => Part::Staged,
        false => Part::History { range, since: arguments.since.as_deref() },
    };
    if !arguments.staged && git::is_shallow(repository) {
        notice(send, "this clone is shallow; `git fetch --unshallow` gets the older commits".to_string(), false);
    }
    if let Err(error) = git::patches(repository, &part, &mut |patch| send(Job::Patch(patch))) {
        let is_folder = range.is_some_and(|range| Path::new(range).is_dir());
        let hint = if is_folder { "; a folder stands before --history, only a range behind it" } else { "" };
        notice(send, format!("{error}{hint}"), true);
    }
}

fn work<'r>(
    job: Job,
    context: &Context<'r>,
    arguments: &ScanArguments,
    filter: &Filter,
    blobs: &mut Blobs,
) -> Seen<'r> {
    let mut seen = Seen::default();
    match job {
        Job::Item(Item::Notice(notice)) => seen.notices.push(notice),
        Job::Item(Item::Input) => {
            seen.texts += 1;
            look(context, &Name::of("-"), Input::Stream(&mut io::stdin().lock()), None, &mut seen);
        }
        Job::Item(Item::File { path, name }) => {
            if let Err(error) = scan_file(&path, &name, context, arguments, &mut seen) {
                seen.failed(&name, walk::why(&error));
            }
        }
        Job::Patch(patch) => git::scan(context, patch, filter, blobs, &mut seen),
    }
    seen
}

fn scan_file<'r>(
    path: &Path,
    name: &Name,
    context: &Context<'r>,
    arguments: &ScanArguments,
    seen: &mut Seen<'r>,
) -> io::Result<()> {
    let is_too_large = |size| arguments.max_file_size.is_some_and(|most| size > most);
    let metadata = fs::metadata(path)?;
    seen.texts += 1;
    if is_too_large(metadata.len()) {
        seen.too_large += 1;
        return Ok(());
    }
    let mut file = File::open(path)?;
    match metadata.is_file() {
        true => look(context, name, Input::File(file), None, seen),
        false => look(context, name, Input::Stream(&mut file), None, seen),
    }
    Ok(())
}
