//! What git has: staged changes, and what each commit added.
//!
//! The program `git` makes the patches, and this module reads them. Who scans a repository has git; a library in Rust (gix)
//! would add minutes to every build and would have to follow the same configuration, attributes and partial clones. Patches
//! come as one stream, in which the files are told apart here; their lines are read where they are scanned, on all threads.
//!
//! A patch is scanned with the unchanged lines around its changes, since a word beside a value can say what it is, but only
//! findings in added lines count. A patch that is in several commits is scanned once.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::decode::{Decoder, Encoding};
use super::found::{Commit, Context, Name, Seen};
use super::look::{Input, look};
use super::text::Text;
use super::walk::Filter;

/// Bytes of a patch that are handed over at once, and the longest piece of a line.
const PIECE: usize = 64 << 10;
/// Pieces of one patch that may wait to be scanned.
const WAITING: usize = 4;

/// What of a repository to scan.
pub enum Part<'a> {
    Staged,
    /// All of it, or a range of commits, and only after a date.
    History {
        range: Option<&'a str>,
        since: Option<&'a str>,
    },
}

/// The patch of one file, as it comes.
pub struct Patch {
    commit: Option<Arc<Commit>>,
    pieces: Receiver<Vec<u8>>,
}

/// The command that prints the patches.
fn command(repository: &Path, part: &Part<'_>) -> Command {
    let mut git = git(repository);
    // What a person has set must not change what is printed.
    git.args(["-c", "core.quotePath=false", "-c", "diff.suppressBlankEmpty=false"]);
    match part {
        Part::Staged => git.args(["diff", "--cached"]),
        // A zero byte begins no line of a patch.
        Part::History { .. } => {
            git.args(["log", "-p", "--root", "-c", "--reverse", "--no-show-signature", "--no-notes"])
        }
    };
    if let Part::History { .. } = part {
        git.arg("--format=%x00%H%x00%an%x00%aI");
    }
    git.args(["--no-color", "--no-ext-diff", "--no-textconv", "--full-index", "--submodule=short", "--no-relative"])
        .args(["--src-prefix=a/", "--dst-prefix=b/", "--unified=3", "--find-renames", "--diff-filter=d"]);
    if let Part::History { range, since } = part {
        git.args(since.iter().map(|since| format!("--since={since}")));
        match range {
            Some(range) => git.args(["--end-of-options", range]),
            None => git.arg("--all"),
        };
        git.arg("--");
    }
    git
}

fn git(repository: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(repository).arg("--no-pager").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    git
}

/// Fails where git or a repository is missing.
pub fn check(repository: &Path) -> io::Result<()> {
    let answer = git(repository).args(["rev-parse", "--git-dir"]).output();
    match answer {
        Ok(answer) if answer.status.success() => Ok(()),
        Ok(_) => Err(io::Error::other(format!(
            "{} is in no git repository; go to one, or name a folder in one",
            repository.display()
        ))),
        Err(_) => Err(io::Error::other("--staged and --history need the program git; install it")),
    }
}

/// Whether commits are missing, because only the last ones were fetched.
pub fn is_shallow(repository: &Path) -> bool {
    let answer = git(repository).args(["rev-parse", "--is-shallow-repository"]).output();
    answer.is_ok_and(|answer| answer.stdout.starts_with(b"true"))
}

/// Hands over every patch until `send` says no.
pub fn patches(repository: &Path, part: &Part<'_>, send: &mut dyn FnMut(Patch) -> bool) -> io::Result<()> {
    let mut git = command(repository, part).spawn()?;
    let (stdout, stderr) = (git.stdout.take(), git.stderr.take());
    let complaint = thread::spawn(move || {
        let mut text = String::new();
        stderr.map(|mut stderr| stderr.read_to_string(&mut text));
        text
    });
    let whole = stdout.map_or(Ok(true), |stdout| Splitter::new(send).split(BufReader::with_capacity(PIECE, stdout)))?;
    if !whole {
        // Nobody wants the rest. The process may have ended by itself.
        git.kill().ok();
    }
    let status = git.wait()?;
    let complaint = complaint.join().unwrap_or_default();
    match status.success() || !whole {
        true => Ok(()),
        // Below its first line git explains its own options.
        false => Err(io::Error::other(complaint.lines().next().unwrap_or_default().trim_start_matches("fatal: "))),
    }
}

/// Tells the files of a stream of patches apart.
struct Splitter<'s> {
    send: &'s mut dyn FnMut(Patch) -> bool,
    commit: Option<Arc<Commit>>,
    /// Where the pieces of the current file go.
    to: Option<SyncSender<Vec<u8>>>,
    piece: Vec<u8>,
    /// Between `diff` and the first `@@`.
    in_header: bool,
    /// Patches that were seen, as hashes of their file's name and contents before and after.
    seen: HashSet<u64>,
    hashes: RandomState,
}

impl<'s> Splitter<'s> {
    fn new(send: &'s mut dyn FnMut(Patch) -> bool) -> Self {
        Self {
            send,
            commit: None,
            to: None,
            piece: Vec::new(),
            in_header: false,
            seen: HashSet::new(),
            hashes: RandomState::new(),
        }
    }

    /// Whether it went on to the end.
    fn split(mut self, mut from: impl BufRead) -> io::Result<bool> {
        let mut line = Vec::new();
        let mut begins = true;
        loop {
            line.clear();
            from.by_ref().take(PIECE as u64).read_until(b'\n', &mut line)?;
            if line.is_empty() {
                self.end_file();
                return Ok(true);
            }
            let going_on = if begins { self.line(&line) } else { self.more(&line) };
            if !going_on {
                return Ok(false);
            }
            begins = line.ends_with(b"\n");
        }
    }

    /// Takes a line, or the first piece of a long one.
    fn line(&mut self, line: &[u8]) -> bool {
        match line {
            [0, header @ ..] => {
                self.end_file();
                self.commit = Some(Arc::new(commit(header)));
                true
            }
            _ if line.starts_with(b"diff ") => {
                self.end_file();
                self.piece.extend_from_slice(line);
                self.in_header = true;
                true
            }
            _ if self.in_header && line.starts_with(b"index ") => {
                self.in_header = false;
                self.begin_file(line)
            }
            _ => self.more(line),
        }
    }

    /// The names and hashes of the file are known: hands its patch over, unless it was seen before.
    fn begin_file(&mut self, index: &[u8]) -> bool {
        self.piece.extend_from_slice(index);
        if !self.seen.insert(self.hashes.hash_one(&self.piece)) {
            self.piece.clear();
            return true;
        }
        let (to, pieces) = sync_channel(WAITING);
        self.to = Some(to);
        (self.send)(Patch { commit: self.commit.clone(), pieces })
    }

    fn more(&mut self, line: &[u8]) -> bool {
        if self.to.is_some() || self.in_header {
            self.piece.extend_from_slice(line);
        }
        self.piece.len() < PIECE || self.flush()
    }

    fn flush(&mut self) -> bool {
        let piece = std::mem::take(&mut self.piece);
        self.to.as_ref().is_none_or(|to| to.send(piece).is_ok())
    }

    fn end_file(&mut self) {
        // A reader that is gone has read enough.
        self.flush();
        self.to = None;
        self.in_header = false;
    }
}

fn commit(header: &[u8]) -> Commit {
    let text = String::from_utf8_lossy(header);
    let mut fields = text.trim_end().split('\0').map(str::to_string);
    let mut next = || fields.next().unwrap_or_default();
    Commit { id: next(), author: next(), date: next() }
}

/// Reads blobs out of a repository.
pub struct Blobs {
    repository: PathBuf,
    git: Option<(Child, ChildStdin, BufReader<ChildStdout>)>,
}

impl Drop for Blobs {
    fn drop(&mut self) {
        if let Some((mut git, stdin, _)) = self.git.take() {
            drop(stdin);
            git.wait().ok();
        }
    }
}

impl Blobs {
    /// Starts nothing yet: most repositories have few binary files.
    pub fn new(repository: PathBuf) -> Self {
        Self { repository, git: None }
    }

    /// Hands a blob to `read`.
    fn read(&mut self, id: &str, read: impl FnOnce(&mut dyn Read)) -> io::Result<()> {
        if self.git.is_none() {
            let mut child = git(&self.repository)
                .args(["cat-file", "--batch"])
                .stdin(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?;
            let pipes = child.stdin.take().zip(child.stdout.take());
            self.git = pipes.map(|(stdin, stdout)| (child, stdin, BufReader::new(stdout)));
        }
        let Some((_, stdin, stdout)) = &mut self.git else { return Ok(()) };
        writeln!(stdin, "{id}")?;
        stdin.flush()?;
        let mut header = String::new();
        stdout.read_line(&mut header)?;
        let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok());
        let Some(size) = size else { return Err(io::Error::other("git does not have this version of the file")) };
        let mut blob = stdout.take(size);
        read(&mut blob);
        // What was not read, and the line end behind it, would be taken for the next header.
        io::copy(&mut blob, &mut io::sink())?;
        stdout.read_exact(&mut [0])
    }
}

/// Scans a patch.
pub fn scan<'r>(context: &Context<'r>, patch: Patch, filter: &Filter, blobs: &mut Blobs, seen: &mut Seen<'r>) {
    let mut lines = Pieces { pieces: patch.pieces, piece: Vec::new(), at: 0, begins: true };
    let Some(header) = Header::read(&mut lines) else { return };
    let name = Name { commit: patch.commit, ..Name::of(header.path) };
    if filter.leaves_out(Path::new(&*name.path)) {
        return;
    }
    seen.texts += 1;
    if header.binary {
        // Git calls UTF-16, archives and pictures binary; which it is can be told from its bytes.
        let result = blobs.read(&header.blob, |blob| look(context, &name, Input::Stream(blob), None, seen));
        if let Err(error) = result {
            seen.failed(&name, error);
        }
        return;
    }
    let mut hunk = header.hunk;
    while let Some((columns, line)) = hunk {
        hunk = scan_hunk(context, &name, columns, line, &mut lines, seen);
    }
}

/// Scans the lines up to the next hunk, of which it gives the number of columns and the first line.
fn scan_hunk<'r>(
    context: &Context<'r>,
    name: &Name,
    columns: usize,
    line: usize,
    lines: &mut Pieces,
    seen: &mut Seen<'r>,
) -> Option<(usize, usize)> {
    let mut bytes = 0;
    let mut text = Text::new(context, name, line, seen);
    let mut decoder = Decoder::new(Encoding::Utf8);
    let mut in_file = false;
    let mut next = None;
    while let Some((begins, piece)) = lines.next() {
        let mut content = piece;
        if begins {
            if piece.starts_with(b"@@") {
                next = hunk(piece);
                break;
            }
            let Some((marks, rest)) = piece.split_at_checked(columns) else { continue };
            // A line that the result has, and not the remark that the last one has no line end.
            in_file = marks.iter().all(|mark| matches!(mark, b' ' | b'+'));
            if in_file {
                text.line(marks.contains(&b'+'));
            }
            content = rest;
        }
        if in_file {
            bytes += content.len() as u64;
            decoder.push(content, &mut |decoded| text.push(decoded));
        }
    }
    decoder.finish(&mut |decoded| text.push(decoded));
    text.finish();
    seen.bytes += bytes;
    next
}

/// The lines of a patch, of which long ones come in pieces.
struct Pieces {
    pieces: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
    begins: bool,
}

impl Pieces {
    /// The next line or piece of one, and whether it begins a line.
    fn next(&mut self) -> Option<(bool, &[u8])> {
        while self.at == self.piece.len() {
            self.piece = self.pieces.recv().ok()?;
            self.at = 0;
        }
        let rest = &self.piece[self.at..];
        let length = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |newline| newline + 1);
        let begins = std::mem::replace(&mut self.begins, rest[..length].ends_with(b"\n"));
        let start = self.at;
        self.at += length;
        Some((begins, &self.piece[start..self.at]))
    }
}

/// What stands before the changes of a file.
#[derive(Default)]
struct Header {
    path: String,
    blob: String,
    binary: bool,
    hunk: Option<(usize, usize)>,
}

impl Header {
    fn read(lines: &mut Pieces) -> Option<Self> {
        let mut header = Self::default();
        while let Some((_, line)) = lines.next() {
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end_matches(['\n', '\r']);
            if let Some(path) = text.strip_prefix("diff --cc ").or_else(|| text.strip_prefix("diff --combined ")) {
                header.path = unquoted(path);
            } else if let Some(ids) = text.strip_prefix("index ") {
                let new = ids.split_once("..").map_or("", |(_, new)| new);
                header.blob = new.split([' ', ',']).next().unwrap_or_default().to_string();
            } else if let Some(path) = text.strip_prefix("+++ ") {
                // Git puts a tab behind a name with a space in it.
                header.path = below(&unquoted(path.trim_end_matches('\t')));
            } else if let Some(files) = text.strip_prefix("Binary files ") {
                header.binary = true;
                let files = files.strip_suffix(" differ").unwrap_or(files);
                let new = files.rfind(" and b/").or_else(|| files.rfind(" and \"b/")).map(|at| &files[at + 5..]);
                header.path = new.map_or(header.path, |path| below(&unquoted(path)));
                return Some(header);
            } else if text.starts_with("@@") {
                header.hunk = hunk(line);
                return Some(header);
            }
        }
        None
    }
}

/// The columns of marks of a hunk, one for each parent, and the number of its first line.
fn hunk(line: &[u8]) -> Option<(usize, usize)> {
    let text = String::from_utf8_lossy(line);
    let columns = text.bytes().take_while(|&byte| byte == b'@').count() - 1;
    let (_, new) = text.split_once(" +")?;
    let number = new.split([',', ' ']).next()?.parse().ok()?;
    Some((columns, number))
}

/// A path without the prefix that it was asked to have.
fn below(path: &str) -> String {
    path.strip_prefix("b/").unwrap_or(path).to_string()
}

/// A path as git quotes it when it has control characters, quotes or backslashes.
fn unquoted(path: &str) -> String {
    let Some(quoted) = path.strip_prefix('"').and_then(|path| path.strip_suffix('"')) else { return path.to_string() };
    let mut bytes = Vec::new();
    let mut rest = quoted.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next() {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b'v') => 11,
            Some(b'f') => 12,
            Some(digit @ b'0'..=b'3') => {
                let digits = [digit, rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                digits.iter().fold(0_u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit & 7))
            }
            Some(other) => other,
            None => break,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
