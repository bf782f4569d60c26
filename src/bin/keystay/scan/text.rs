//! Text of any length → findings, in windows.
//!
//! The engine takes a text at once, and its memory grows with the text. So a long one goes through it in windows that overlap:
//! each place is judged with at least [`AROUND`] bytes on both sides of it, which is more than any token takes up, and each is
//! judged once. Rejected: mapping files into memory, since a file that is cut meanwhile then kills the program, and archives
//! and pipes need windows anyway.

use std::ops::Range;

use keystay::scan::Finding;

use super::allow::Allowed;
use super::found::{Context, Name, Place, Position, Seen};

/// Bytes that the engine gets at once. Escapes that hide a text in several layers cost it about thirty times as much memory.
const WINDOW: usize = 2 << 20;
/// Bytes on both sides with which a place is judged, unless the text ends. The longest private keys have a tenth of that.
const AROUND: usize = 128 << 10;
/// The same where a text is so full of keys that the engine's list is full: fewer bytes than its list has places for.
const AROUND_IN_A_CROWD: usize = 1 << 10;
/// Findings in one text. Nobody reads more, and a text made of keys would take a window's time for each thousand.
pub const MOST_FINDINGS: usize = 10_000;

/// A text that comes in pieces.
pub struct Text<'c, 'r> {
    context: &'c Context<'r>,
    name: &'c Name,
    seen: &'c mut Seen<'r>,
    /// What is not judged yet, and what stands before it.
    text: String,
    /// Where `text` begins.
    start: Position,
    /// Up to here findings are judged.
    judged: usize,
    /// Up to here the last finding that was taken goes; another one in it is a part of it.
    taken: usize,
    findings: usize,
    /// Of each line from the first, whether its findings count; every line when empty.
    wanted: Vec<bool>,
    first_line: usize,
}

impl<'c, 'r> Text<'c, 'r> {
    /// A text whose first line has the number `line`.
    pub fn new(context: &'c Context<'r>, name: &'c Name, line: usize, seen: &'c mut Seen<'r>) -> Self {
        let start = Position { line, column: 1 };
        let text = String::new();
        Self {
            context,
            name,
            seen,
            text,
            start,
            judged: 0,
            taken: 0,
            findings: 0,
            wanted: Vec::new(),
            first_line: line,
        }
    }

    /// Says of the line that begins with the next piece whether its findings count. Once said, it must be said of each line.
    pub fn line(&mut self, wanted: bool) {
        self.wanted.push(wanted);
    }

    /// Takes the next piece.
    pub fn push(&mut self, mut piece: &str) {
        while !piece.is_empty() && self.findings < MOST_FINDINGS {
            // At least one character, however long it is.
            let room = piece.floor_char_boundary(WINDOW.saturating_sub(self.text.len()).max(4));
            self.text.push_str(&piece[..room]);
            piece = &piece[room..];
            if self.text.len() >= WINDOW {
                self.judge(false);
            }
        }
    }

    /// Judges what is left.
    pub fn finish(mut self) {
        while self.findings < MOST_FINDINGS && self.judged < self.text.len() {
            self.judge(true);
        }
        if self.findings >= MOST_FINDINGS {
            self.seen.partly(self.name, format!("it has {MOST_FINDINGS} findings and more"));
        }
    }

    /// Judges all of the text, or as much as has enough behind it.
    fn judge(&mut self, last: bool) {
        let scan = self.context.scanner.scan(&self.text, self.context.now);
        let mut end = self.text.len();
        if !last {
            end = self.text.floor_char_boundary(end - AROUND);
        }
        // A full list ends with its last finding.
        if let Some(finding) = scan.findings.last().filter(|_| scan.partial) {
            end = end.min(finding.span.end);
        }
        let from = self.judged.max(self.taken);
        let inside = |finding: &Finding<'_>| finding.span.start >= from && finding.span.start < end;
        let taken: Vec<Finding<'r>> = scan.findings.into_iter().filter(inside).collect();
        self.findings += taken.len();
        self.taken = taken.last().map_or(self.taken, |finding| finding.span.end);
        self.report(&taken);
        let around = if scan.partial { AROUND_IN_A_CROWD } else { AROUND };
        self.judged = end;
        self.forget(self.text.floor_char_boundary(end.saturating_sub(around)));
    }

    fn report(&mut self, findings: &[Finding<'r>]) {
        if findings.is_empty() {
            return;
        }
        let allowed = Allowed::in_text(&self.text, self.context);
        let (mut position, mut at) = (self.start, 0);
        for finding in findings {
            position.advance(&self.text[at..finding.secret.start]);
            let start = position;
            position.advance(&self.text[finding.secret.clone()]);
            at = finding.secret.end;
            if !self.wants(start.line..position.line + 1) {
                continue;
            }
            if allowed.allows(finding) {
                self.seen.allowed += 1;
                continue;
            }
            let place = Place { name: self.name.clone(), start, end: position, cell: None };
            self.seen.take(self.context, finding, &self.text, place);
        }
    }

    /// Whether findings in these lines count.
    fn wants(&self, lines: Range<usize>) -> bool {
        let mut lines = lines.map(|line| line - self.first_line);
        self.wanted.is_empty() || lines.any(|line| self.wanted.get(line).is_some_and(|&wanted| wanted))
    }

    /// Drops the text before `end`.
    fn forget(&mut self, end: usize) {
        self.start.advance(&self.text[..end]);
        self.text.drain(..end);
        self.judged -= end;
        self.taken = self.taken.saturating_sub(end);
    }
}
