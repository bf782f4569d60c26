//! Folders → files, in the order of their names.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;
use ignore::overrides::{Override, OverrideBuilder};

use super::found::{Name, Notice};
use crate::arguments::ScanArguments;

/// What people list to keep it out of a scan, besides what git ignores.
const IGNORE_FILE: &str = ".keystayignore";

/// What to scan.
pub enum Item {
    File {
        path: PathBuf,
        name: Name,
    },
    Input,
    /// What could not even be found.
    Notice(Notice),
}

/// What is left out of a scan.
pub struct Filter {
    /// Globs of the command line.
    excluded: Override,
    /// The ignore file in the current folder, for files that are not found by walking: those that a hook names, and git's.
    ignored: Gitignore,
    heeds_ignore_files: bool,
}

impl Filter {
    /// Reads the globs of the arguments.
    pub fn new(arguments: &ScanArguments) -> io::Result<Self> {
        let here = env::current_dir()?;
        let mut globs = OverrideBuilder::new(&here);
        for glob in &arguments.exclude {
            globs
                .add(&format!("!{glob}"))
                .map_err(|error| io::Error::other(format!("--exclude {glob} is no glob: {error}")))?;
        }
        let excluded = globs.build().map_err(io::Error::other)?;
        let file = here.join(IGNORE_FILE);
        let ignored = match !arguments.no_ignore && file.exists() {
            true => Gitignore::new(file).0,
            false => Gitignore::empty(),
        };
        Ok(Self { excluded, ignored, heeds_ignore_files: !arguments.no_ignore })
    }

    /// Whether a path is left out, however it was come by.
    pub fn leaves_out(&self, path: &Path) -> bool {
        let relative = path.strip_prefix(self.ignored.path()).unwrap_or(path);
        self.excluded.matched(path, false).is_ignore()
            || (!self.ignored.is_empty()
                && relative.is_relative()
                && self.ignored.matched_path_or_any_parents(relative, false).is_ignore())
    }
}

/// Hands over every file in `paths` until `send` says no.
pub fn walk(paths: &[PathBuf], filter: &Filter, send: &mut dyn FnMut(Item) -> bool) {
    for path in paths {
        let going_on = match fs::metadata(path) {
            _ if path == Path::new("-") => send(Item::Input),
            Ok(metadata) if metadata.is_dir() => folder(path, filter, send),
            Ok(_) => filter.leaves_out(path) || send(file(path.clone())),
            Err(error) => send(Item::Notice(failed(path, &why(&error)))),
        };
        if !going_on {
            return;
        }
    }
}

fn folder(path: &Path, filter: &Filter, send: &mut dyn FnMut(Item) -> bool) -> bool {
    let mut walk = WalkBuilder::new(path);
    walk.standard_filters(filter.heeds_ignore_files)
        .hidden(false)
        .overrides(filter.excluded.clone())
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_name(Ord::cmp);
    if filter.heeds_ignore_files {
        walk.add_custom_ignore_filename(IGNORE_FILE);
    }
    for entry in walk.build() {
        let item = match entry {
            // Symbolic links are not followed, as in git: what they lead to is scanned where it lies.
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => file(entry.into_path()),
            Ok(_) => continue,
            Err(error) => {
                Item::Notice(Notice { name: path.display().to_string(), why: error.to_string(), failed: true })
            }
        };
        if !send(item) {
            return false;
        }
    }
    true
}

fn file(path: PathBuf) -> Item {
    let name = path.strip_prefix(".").unwrap_or(&path).to_string_lossy().into_owned();
    Item::File { path, name: Name::of(name) }
}

/// Why something cannot be read, and what to do.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_string(),
        io::ErrorKind::PermissionDenied => {
            "it may not be read; change its permissions or leave it out with --exclude".to_string()
        }
        _ => error.to_string(),
    }
}

fn failed(path: &Path, why: &str) -> Notice {
    Notice { name: path.display().to_string(), why: why.to_string(), failed: true }
}
