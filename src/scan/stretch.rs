//! A scan of a stretch of a text that is edited, and of the whole of it, with all that the next such scan has to know.

use std::ops::Range;

use super::memory::Memory;
use super::pass::Pass;
use super::reads::Reads;
use super::work::Work;
use super::{Finding, MOST_FINDINGS, Scan, Scanner, pairs, published, resolve};

/// What was found in a stretch, before the parts of one secret are put together.
pub(crate) struct Stretch<'r> {
    /// In the order of the text, none overlapping another, each with whether it is printed in public.
    pub findings: Vec<(Finding<'r>, bool)>,
    /// What was read further than `FAR` in `src/scan/reads.rs`.
    pub reads: Vec<Range<usize>>,
    /// Steps that it cost.
    pub steps: usize,
    /// There were not enough steps.
    pub is_spent: bool,
}

impl Scanner {
    /// Scans a stretch of a text whose escapes lie so many layers deep.
    pub(crate) fn scan_stretch(&self, text: &str, layers: usize, now: u64) -> Stretch<'_> {
        let work = Work::new(text.len());
        let before = work.left();
        let pass = Pass { now, work, memory: Memory::default(), reads: Reads::noted() };
        let found = resolve::surest(self.scan_layer(text, 0, layers, None, &pass));
        let is_public = |finding: &Finding<'_>| text.get(finding.secret.clone()).is_some_and(published::is_published);
        let marked = found.into_iter().map(|finding| {
            let public = is_public(&finding);
            (finding, public)
        });
        Stretch {
            findings: marked.collect(),
            steps: before - pass.work.left(),
            is_spent: pass.work.is_spent(),
            reads: pass.reads.all(),
        }
    }
}

/// What a scan of the whole text gives, of what its stretches gave.
pub(crate) fn put_together(findings: Vec<(Finding<'_>, bool)>, mut partial: bool) -> Scan<'_> {
    let public: Vec<usize> =
        findings.iter().filter(|(_, public)| *public).map(|(finding, _)| finding.span.start).collect();
    let mut findings = pairs::joined(findings.into_iter().map(|(finding, _)| finding).collect());
    for finding in &mut findings {
        if public.binary_search(&finding.span.start).is_ok() {
            published::lower(finding);
        }
    }
    partial |= findings.len() > MOST_FINDINGS;
    findings.truncate(MOST_FINDINGS);
    Scan { findings, partial }
}
