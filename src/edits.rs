//! A text that is held while somebody types into it. An edit costs a scan of its neighbourhood, and what is found is what a scan of the
//! whole text would find.
//!
//! An edit can change what is found only where it was read. Of nearly every place of a text a scan reads a few hundred bytes: a
//! value, the words within reach of it, and what stands between. So the neighbourhood is scanned anew (values that begin within
//! `AHEAD` before the edit or `BACK` behind it, and what is read for them; further with a company's rules, see `Reach`), and all
//! findings further away are kept and moved along. What was read further than that is noted by the scan itself (`src/scan/reads.rs`):
//! a private key that has no end, a run of base64, a value of a thousand letters. An edit in one of those makes all of it new.
//!
//! The neighbourhood must begin and end where nothing goes across: no finding near, nor what was read further. It grows until it
//! does, and where it grows too large, the whole text is scanned. That is so too
//! - for the first escape in a text and the last: what is encoded is looked for behind escapes only, however far away they are;
//! - where a scan of the whole text would be partial, since the limits are those of a whole text;
//! - after a minute: what is found may depend on the time.
//!
//! In the extension a content script does with less: it looks at what has changed in a field, with some thousand characters around it
//! (`extension/content/typing/changed.ts`), and no text of a page stays in the background.

mod units;

use std::ops::Range;

use crate::scan::view::{INVISIBLE, begins_escape};
use crate::scan::{DEEPEST, Finding, LONGEST_TEXT, QUIET, Reach, Scan, Scanner, Stretch, Work, escapes, put_together};
use units::{Places, Units};

/// Units behind the beginning of an escape that may be a part of it, or of the escapes that are left when it is undone.
const ESCAPE: usize = 32;
/// Units around an edit within which it makes escapes or breaks them. The longest has ten bytes, each of which may be an escape.
const ESCAPES: usize = 1024;
/// A neighbourhood that would have to be wider is the whole text.
const WIDEST: usize = 1 << 16;
/// How often a neighbourhood is made wider.
const MOST_TRIES: usize = 16;
/// A scan of the whole text costs at most so many times what is counted for it here: it may scan five views, each of them in pieces and
/// then as a whole (`src/scan/near.rs`), where the last scan of the whole text had to look at a few pieces only.
const MOST_SCANS: usize = 32;
/// Seconds for which what was found is true.
const FRESH: u64 = 60;

/// A text and what is found in it.
pub struct Edited<'r> {
    scanner: &'r Scanner,
    text: Units,
    /// In the order of the text, in units, none overlapping another, each with whether it is printed in public.
    found: Vec<(Finding<'r>, bool)>,
    /// What was read further than usual, in units.
    reads: Vec<Range<usize>>,
    /// How many escapes there are in each layer.
    escapes: [usize; DEEPEST],
    /// Steps that a scan of the whole text would cost, if it looked at the same of its views.
    steps: usize,
    /// Only scans of the whole text are right, whatever is edited.
    always_whole: bool,
    /// When the whole text was scanned last.
    scanned: u64,
}

/// How an edit was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// By a scan of so many units around it.
    Near(usize),
    /// By a scan of the whole text.
    Whole,
}

impl<'r> Edited<'r> {
    /// Takes a text over, as a page counts it, and scans it. `now` is the time in seconds since 1970.
    #[must_use]
    pub fn new(scanner: &'r Scanner, text: &[u16], now: u64) -> Self {
        let mut edited = Self {
            scanner,
            text: Units::new(text),
            found: Vec::new(),
            reads: Vec::new(),
            escapes: [0; DEEPEST],
            steps: 0,
            always_whole: false,
            scanned: now,
        };
        edited.scan_whole(now);
        edited
    }

    /// Units of the text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is found in the text: what [`Scanner::scan`] finds in it.
    #[must_use]
    pub fn scan(&self) -> Scan<'r> {
        if self.is_always_whole() {
            return self.scanner.scan(&self.text.text(0..self.text.len()), self.scanned);
        }
        let mut findings = self.found.clone();
        let ends =
            |finding: &Finding<'_>| [finding.span.start, finding.secret.start, finding.secret.end, finding.span.end];
        let places: Vec<usize> = findings.iter().flat_map(|(finding, _)| ends(finding)).collect();
        let mut bytes = self.text.bytes_before(places.into_iter()).into_iter();
        for (finding, _) in &mut findings {
            let mut next = || bytes.next().unwrap_or_default();
            let (start, secret_start, secret_end, end) = (next(), next(), next(), next());
            finding.span = start..end;
            finding.secret = secret_start..secret_end;
        }
        put_together(findings, false)
    }

    /// Takes so many units out and puts others there. What does not lie in the text is taken as its end.
    pub fn edit(&mut self, start: usize, deleted: usize, inserted: &[u16], now: u64) -> Looked {
        let start = start.min(self.text.len());
        let old = start..start.saturating_add(deleted).min(self.text.len());
        let new = start..start + inserted.len();
        let escapes_before = self.escapes_near(&old);
        self.text.replace(old.clone(), inserted);
        let escapes_after = self.escapes_near(&new);
        let layers = self.layers();
        for (count, (before, after)) in self.escapes.iter_mut().zip(escapes_before.into_iter().zip(escapes_after)) {
            *count = (*count + after).saturating_sub(before);
        }
        if self.is_always_whole() || layers != self.layers() || now.abs_diff(self.scanned) > FRESH {
            return self.scan_whole(now);
        }
        let core = self.moved(&old, &new);
        match self.scan_near(core, now) {
            Some(units) if self.steps.saturating_mul(MOST_SCANS) <= Work::new(self.text.len()).left() => {
                Looked::Near(units)
            }
            _ => self.scan_whole(now),
        }
    }

    fn scan_whole(&mut self, now: u64) -> Looked {
        let text = self.text.text(0..self.text.len());
        self.scanned = now;
        self.escapes = escapes(&text);
        let Stretch { findings, reads, steps, is_spent } = self.scanner.scan_stretch(&text, 0, now);
        self.always_whole = is_spent;
        self.steps = steps;
        let places = Places::new(&text);
        self.found = findings.into_iter().map(|found| placed(found, &places, 0)).collect();
        self.reads = reads.iter().map(|read| places.units(read)).collect();
        Looked::Whole
    }

    fn is_always_whole(&self) -> bool {
        // A unit is three bytes at most.
        self.always_whole || self.text.len() > LONGEST_TEXT / 3
    }

    /// How many layers deep escapes lie.
    fn layers(&self) -> usize {
        self.escapes.iter().take_while(|&&count| count > 0).count()
    }

    /// The escapes around a range; how many are cut off at the ends is the same before an edit and after it.
    fn escapes_near(&self, range: &Range<usize>) -> [usize; DEEPEST] {
        let near = range.start.saturating_sub(ESCAPES)..(range.end + ESCAPES).min(self.text.len());
        let near = self.text.copy(near);
        match near.iter().fold(false, |any, &unit| any | begins_escape(unit)) {
            true => escapes(&units::text(&near)),
            false => [0; DEEPEST],
        }
    }

    /// Moves along what stands behind an edit. Gives what is new: the edit, and all of what was read across it.
    fn moved(&mut self, old: &Range<usize>, new: &Range<usize>) -> Range<usize> {
        let place = |at: usize| match at {
            _ if at >= old.end => at - old.end + new.end,
            _ => at.min(old.start),
        };
        let mut core = new.clone();
        for (finding, _) in &mut self.found {
            let across = finding.span.start <= old.end && finding.span.end >= old.start;
            finding.span = place(finding.span.start)..place(finding.span.end);
            finding.secret = place(finding.secret.start)..place(finding.secret.end);
            if across {
                core = core.start.min(finding.span.start)..core.end.max(finding.span.end);
            }
        }
        for read in &mut self.reads {
            let across = read.start <= old.end && read.end >= old.start;
            *read = place(read.start)..place(read.end);
            if across {
                core = core.start.min(read.start)..core.end.max(read.end);
            }
        }
        core
    }

    /// Scans around what is new. Gives how much was scanned; nothing where only the whole text will do.
    fn scan_near(&mut self, mut core: Range<usize>, now: u64) -> Option<usize> {
        let Reach { ahead, back, quiet, .. } = self.scanner.reach();
        for _ in 0..MOST_TRIES {
            // What begins outside has read nothing that is new.
            let cut = self.before(core.start, ahead)?..self.behind(core.end, back)?;
            // All that is read for what begins inside, and for what goes across its beginning.
            let scanned = self.before(cut.start, quiet + back)?..self.behind(cut.end, ahead)?;
            if scanned.len() > WIDEST {
                return None;
            }
            let kept = self.found.iter().map(|(finding, _)| &finding.span);
            if let Some(wider) = self.wider(&core, &cut, kept, &self.reads)? {
                core = wider;
                continue;
            }
            let text = self.text.text(scanned.clone());
            let Stretch { findings, reads, steps, is_spent } = self.scanner.scan_stretch(&text, self.layers(), now);
            if is_spent {
                return None;
            }
            let places = Places::new(&text);
            let findings: Vec<_> = findings.into_iter().map(|found| placed(found, &places, scanned.start)).collect();
            let at = |read: &Range<usize>| {
                let units = places.units(read);
                scanned.start + units.start..scanned.start + units.end
            };
            let reads: Vec<_> = reads.iter().map(at).collect();
            if let Some(wider) = self.wider(&core, &cut, findings.iter().map(|(finding, _)| &finding.span), &reads)? {
                core = wider;
                continue;
            }
            self.steps = self.steps.saturating_add(steps);
            // What was taken out at the end of the text has become nothing there.
            let end = if cut.end == self.text.len() { usize::MAX } else { cut.end };
            let is_new = |at: usize| (cut.start..end).contains(&at);
            let first = self.found.partition_point(|(finding, _)| finding.span.start < cut.start);
            let last = self.found.partition_point(|(finding, _)| finding.span.start < end);
            self.found.splice(first..last, findings.into_iter().filter(|(finding, _)| is_new(finding.span.start)));
            self.reads.retain(|read| !is_new(read.start));
            self.reads.extend(reads.into_iter().filter(|read| is_new(read.start)));
            return Some(scanned.len());
        }
        None
    }

    /// What is new with what goes across its ends, or has a finding near them; nothing inside where that is no more than it was.
    fn wider<'a>(
        &self,
        core: &Range<usize>,
        cut: &Range<usize>,
        findings: impl Iterator<Item = &'a Range<usize>>,
        reads: &[Range<usize>],
    ) -> Option<Option<Range<usize>>> {
        let mut wider = core.clone();
        let mut take = |span: &Range<usize>| wider = wider.start.min(span.start)..wider.end.max(span.end);
        let across = |span: &Range<usize>, end: usize| span.start < end && span.end > end;
        let ends = [cut.start, cut.end];
        // Nothing goes across the ends of the text.
        let ends = ends.iter().copied().filter(|&end| end > 0 && end < self.text.len());
        let ends: Vec<(usize, Range<usize>)> =
            ends.map(|end| Some((end, self.before(end, QUIET)?..self.behind(end, QUIET)?))).collect::<Option<_>>()?;
        for finding in findings {
            if ends.iter().any(|(_, quiet)| finding.start < quiet.end && finding.end > quiet.start) {
                take(finding);
            }
        }
        for read in reads {
            if ends.iter().any(|&(end, _)| across(read, end)) {
                take(read);
            }
        }
        let wider = wider.start..wider.end.min(self.text.len());
        Some((wider != *core).then_some(wider))
    }

    /// The place before which there are so many bytes up to `end` in every view of the text.
    fn before(&self, end: usize, bytes: usize) -> Option<usize> {
        let mut room = bytes + ESCAPE;
        while room < WIDEST {
            let start = end.saturating_sub(room);
            let near = self.text.copy(start..end);
            if is_plain(&near) {
                return Some(end.saturating_sub(bytes));
            }
            // Before the copy an escape may begin.
            let hidden = if start == 0 { 0 } else { ESCAPE };
            let solid = solid(&near, hidden);
            let count = solid.iter().filter(|&&solid| solid).count();
            if let Some(others) = count.checked_sub(bytes) {
                let mut left = others;
                let first = solid.iter().position(|&solid| {
                    let here = left == 0;
                    left -= usize::from(solid && !here);
                    here
                });
                return Some(start + first.unwrap_or(solid.len()));
            }
            if start == 0 {
                return Some(0);
            }
            room *= 2;
        }
        None
    }

    /// The place behind which there are so many bytes from `start` on in every view of the text.
    fn behind(&self, start: usize, bytes: usize) -> Option<usize> {
        let mut room = bytes;
        let from = start.saturating_sub(ESCAPE);
        while room < WIDEST {
            let near = self.text.copy(from..(start + room).min(self.text.len()));
            if is_plain(&near) {
                return Some((start + bytes).min(self.text.len()));
            }
            let solid = solid(&near, 0);
            let mut left = bytes;
            let last = solid[start - from..].iter().position(|&solid| {
                left -= usize::from(solid);
                left == 0
            });
            if let Some(last) = last {
                return Some(start + last + 1);
            }
            if start + room >= self.text.len() {
                return Some(self.text.len());
            }
            room *= 2;
        }
        None
    }
}

/// Whether all of it is the same in every view.
fn is_plain(units: &[u16]) -> bool {
    // Without a way out early, so that many units are looked at at once.
    units.iter().fold(true, |plain, &unit| plain & (unit < 0x80) & !begins_escape(unit))
}

/// Which units are a byte or more in every view: no part of an escape, and not invisible. So many at the beginning are not.
fn solid(units: &[u16], mut hidden: usize) -> Vec<bool> {
    let is_solid = |&unit: &u16| {
        if begins_escape(unit) {
            hidden = ESCAPE;
        }
        let escaped = hidden > 0;
        hidden = hidden.saturating_sub(1);
        !escaped && (unit < 0x80 || !INVISIBLE.iter().any(|&character| u32::from(character) == u32::from(unit)))
    };
    units.iter().map(is_solid).collect()
}

fn placed<'r>((finding, public): (Finding<'r>, bool), places: &Places<'_>, start: usize) -> (Finding<'r>, bool) {
    let place = |bytes: &Range<usize>| {
        let units = places.units(bytes);
        start + units.start..start + units.end
    };
    (Finding { span: place(&finding.span), secret: place(&finding.secret), ..finding }, public)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;
    use crate::scan::{AHEAD, BACK};

    #[test]
    fn what_leads_to_a_value_stands_within_what_is_read_for_it() {
        for rule in Rule::all() {
            let word = rule.context.iter().map(|word| word.len()).max().unwrap_or(0);
            assert!(crate::scan::REACH + word < BACK, "{}: its longest word", rule.id);
            let literal = rule.literals.iter().map(|literal| literal.len()).max().unwrap_or(0);
            assert!(rule.offset.1 + literal < AHEAD, "{}: the offset of its literal", rule.id);
        }
    }

    #[test]
    fn the_places_before_and_behind_which_there_are_so_many_bytes_leave_out_what_is_not_in_every_view() {
        let text: Vec<u16> = "ab\u{200b}cd%41efghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz".encode_utf16().collect();
        let edited = Edited::new(Scanner::shared(), &text, 0);
        assert_eq!(edited.before(5, 2), Some(2));
        assert_eq!(edited.before(5, 3), Some(1));
        assert_eq!(edited.behind(0, 3), Some(4));
        assert_eq!(edited.behind(0, 5), Some(5 + ESCAPE + 1), "from the escape on");
        assert_eq!(edited.behind(0, 1000), Some(text.len()));
        assert_eq!(edited.before(text.len(), 1000), Some(0));
    }
}
