//! Text → findings.
//!
//! One pass over the text finds every place where the literal of a rule, or one of its context words, stands. Only there does
//! the rule's own shape run: anchored, without backtracking, made ahead of time by the build script. What matches is then
//! proved (the token's own checksum or structure), judged for plausibility, and where several rules match one place, the
//! surest finding stays.
//!
//! The same is done with the text as a reader sees it (`scan/view.rs`) and with what stands in it as base64 or
//! hexadecimal (`scan/encoded.rs`), up to three layers deep, and pieces of a token with check digits are put together
//! (`scan/joined.rs`).
//!
//! Rejected: running each rule's regular expression over the whole text (cost grows with rules times text), and building
//! expressions or automata at start-up (in WebAssembly that takes longer than everything else together).
//!
//! The work is linear in the text for every rule. A pattern of bounded length costs at most that length for each literal.
//! A pattern without a bound reads no stretch a second time, because what it met there is remembered (`scan/memory.rs`). Context
//! words lead to windows that are merged, so that each place is tried once a rule. `tests/slow-texts.json` lists texts that were
//! made to be slow.

mod additions;
mod boundary;
mod encoded;
#[cfg(all(test, feature = "sample"))]
mod hostile;
pub(crate) mod joined;
mod lookup;
mod masks;
mod memory;
mod named;
mod near;
mod pairs;
mod pass;
mod published;
mod reads;
mod resolve;
mod shape;
mod stretch;
pub(crate) mod view;
mod work;

use std::ops::Range;
use std::sync::OnceLock;

use crate::context::{self, Look};
use crate::own::OwnSecrets;
use crate::proof::{Fact, Outcome, Proof, find_phrases};
use crate::rules::words::Lead;
use crate::rules::{Confidence, CustomRules, Kind, Rule, words};
pub use additions::Additions;
use boundary::Fit;
use joined::Joined;
use lookup::{Found, Lookup};
use memory::{Key, Memory};
use named::LONGEST_VALUE;
use near::Piece;
use pass::Pass;
use reads::Reads;
#[cfg(test)]
pub(crate) use reads::{AHEAD, BACK};
pub(crate) use reads::{QUIET, Reach};
use shape::Shapes;
pub(crate) use stretch::{Stretch, put_together};
pub(crate) use view::escapes;
pub(crate) use work::{STEPS_A_MATCH, Work};

use view::View;

/// Bytes of one text that are looked at. Above that a scan is partial; a person would wait longer than a second.
pub const LONGEST_TEXT: usize = 32 << 20;
/// Findings that one scan reports. Nobody reads a longer list, and a text full of keys is held after the first.
pub const MOST_FINDINGS: usize = 1000;
/// How far a context word may stand from a value, in bytes.
pub const REACH: usize = 64;
/// Encodings inside one another that are looked into.
pub(crate) const DEEPEST: usize = 3;
/// Characters of a prefix by which a token in a longer format is still known. `API-` and the like stand before much else.
pub(crate) const LEAST_PREFIX: usize = 5;
/// How far behind its expected end a token may go on and still be taken as the same kind in a longer format.
const LONGEST_TAIL: usize = 512;

/// A place in a text where a rule matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'r> {
    /// The kind of token. Rules that were made at run time belong to the scanner.
    pub rule: &'r Rule,
    /// Bytes of the original text that the match takes up.
    pub span: Range<usize>,
    /// Bytes of the original text that must be hidden.
    pub secret: Range<usize>,
    /// How sure we are.
    pub confidence: Confidence,
    /// What the token's own structure says about its being one.
    pub outcome: Outcome,
    /// What else it says about itself. Nothing in it shows anything of the secret.
    pub facts: Vec<Fact>,
    /// What belongs to this secret and stands near it, such as the id of a pair of id and secret.
    pub beside: Vec<Beside<'r>>,
}

/// A part that is no secret by itself, beside the one that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside<'r> {
    /// The kind of the part.
    pub rule: &'r Rule,
    /// Bytes of the original text that it takes up.
    pub span: Range<usize>,
}

/// What a scan found.
#[derive(Debug, Clone, Default)]
pub struct Scan<'r> {
    /// In the order of the text, none overlapping another.
    pub findings: Vec<Finding<'r>>,
    /// A limit was reached: not all of the text was looked at, or not all findings are listed.
    pub partial: bool,
}

/// Finds keys in texts. Cheap to make, and safe to share between threads.
pub struct Scanner {
    built_in: &'static [Rule],
    shapes: Shapes,
    custom: CustomRules,
    own: Option<OwnSecrets>,
    /// Where there are rules that came at run time: their words with the built-in ones.
    lookup: OnceLock<Lookup>,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

impl Scanner {
    /// A scanner. The table of rules is read when the first of them is made, in about a millisecond; nothing else is built.
    #[must_use]
    pub fn new() -> Self {
        Self::with(CustomRules::default(), None)
    }

    /// A scanner that also knows a company's rules and a person's own secrets. Findings borrow their rules from it.
    #[must_use]
    pub fn with(custom: CustomRules, own: Option<OwnSecrets>) -> Self {
        Self { built_in: Rule::all(), shapes: Shapes::new(), custom, own, lookup: OnceLock::new() }
    }

    /// The company's rules.
    #[must_use]
    pub fn custom(&self) -> &CustomRules {
        &self.custom
    }

    /// Takes over other company rules.
    pub fn set_custom(&mut self, custom: CustomRules) {
        self.custom = custom;
        self.lookup = OnceLock::new();
    }

    /// The person's own secrets, to be changed.
    pub fn own_mut(&mut self) -> &mut Option<OwnSecrets> {
        &mut self.own
    }

    /// How far is looked from a value without noting it.
    pub(crate) fn reach(&self) -> Reach {
        Reach::new(&self.custom, self.own.as_ref())
    }

    /// What each frame's tripwire must hold besides what it was generated for.
    #[must_use]
    pub fn additions(&self) -> Additions<'_> {
        Additions { leads: self.custom.leads(), run: self.own.as_ref().and_then(OwnSecrets::shortest_run).unwrap_or(0) }
    }

    /// The person's own secrets.
    #[must_use]
    pub fn own(&self) -> Option<&OwnSecrets> {
        self.own.as_ref()
    }

    /// One scanner for the whole program.
    #[must_use]
    pub fn shared() -> &'static Scanner {
        static SHARED: OnceLock<Scanner> = OnceLock::new();
        SHARED.get_or_init(Scanner::new)
    }

    /// Finds the keys in a text.
    ///
    /// `now` is the time in seconds since 1970, for tokens that say when they expire; 0 when it is not known.
    #[must_use]
    pub fn scan(&self, text: &str, now: u64) -> Scan<'_> {
        let mut end = text.len().min(LONGEST_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let seen = &text[..end];
        let reads = if view::is_plain(seen) { Reads::default() } else { Reads::noted() };
        let pass = Pass { now, work: Work::new(end), memory: Memory::default(), reads };
        let found = self.scan_layer(seen, 0, 0, None, &pass);
        let mut findings = pairs::joined(resolve::surest(found));
        let partial = end < text.len() || findings.len() > MOST_FINDINGS || pass.work.is_spent();
        findings.truncate(MOST_FINDINGS);
        Scan { findings: published::lowered(findings, seen), partial }
    }

    /// Scans a text and what is encoded in it. What was found in there is placed where its encoded form stands.
    ///
    /// A layer is at most 5/4 of the text that it comes from: the text itself without its escapes, or 3/4 of a run as base64
    /// and 1/2 as hexadecimal. All layers together are less than five times the text.
    ///
    /// `least` is the depth from which on encodings are looked into even if no escapes lead there: a piece of a text is scanned as
    /// deep as the whole text.
    /// `pieces` are all of it that needs a look, where it is a view of a text that has been scanned.
    fn scan_layer<'r>(
        &'r self,
        text: &str,
        depth: usize,
        least: usize,
        pieces: Option<Vec<Piece>>,
        pass: &Pass,
    ) -> Vec<Finding<'r>> {
        let mut found = Vec::new();
        let first = pass.reads.mark();
        self.scan_pieces(text, pieces, depth > 0, pass, &mut found);
        // Of deeper layers only pieces may have been scanned, so it is not known of them what was read.
        let read = if depth == 0 { pass.reads.behind(first) } else { Vec::new() };
        let pieces = |view: &View| if depth == 0 { self.pieces(view, &read, pass) } else { None };
        if depth == 0
            && let Some(view) = View::folded(text)
        {
            let mut folded = Vec::new();
            let reads = pass.reads.mark();
            self.scan_pieces(view.text(), pieces(&view), false, pass, &mut folded);
            pass.reads.place(reads, |read| view.origin(read));
            found.extend(folded.into_iter().map(|finding| view.back(finding)));
        }
        if depth > 0 {
            found.retain(speaks_for_itself);
        }
        if depth == DEEPEST {
            return found;
        }
        // What is encoded can be told from what stands around it only after escapes are undone.
        if let Some(view) = View::unescaped(text) {
            let reads = pass.reads.mark();
            let inner = self.scan_layer(view.text(), depth + 1, least, pieces(&view), pass);
            pass.reads.place(reads, |read| view.origin(read));
            found.extend(inner.into_iter().map(|finding| view.back(finding)));
            return found;
        }
        let depth = depth.max(least);
        if depth == DEEPEST {
            return found;
        }
        for (run, decoded) in encoded::texts(text, |run| pass.reads.note(run.clone(), 0)) {
            let Some(inner) = decoded.text() else { continue };
            let reads = pass.reads.mark();
            let inner = self.scan_layer(inner, depth + 1, 0, None, pass);
            // All of it stands in the run.
            pass.reads.forget(reads);
            found.extend(inner.into_iter().map(|finding| Finding {
                span: run.clone(),
                secret: run.clone(),
                ..finding
            }));
        }
        found
    }

    fn lookup(&self) -> &Lookup {
        match self.custom.is_empty() {
            true => Lookup::built_in(),
            false => self.lookup.get_or_init(|| Lookup::new(&self.custom)),
        }
    }

    /// Rules that came at run time have the indexes behind the built-in ones.
    fn rule(&self, index: usize) -> &Rule {
        match self.built_in.get(index) {
            Some(rule) => rule,
            None => &self.custom.rules()[index - self.built_in.len()],
        }
    }

    fn is_custom(&self, index: usize) -> bool {
        index >= self.built_in.len()
    }

    /// Scans a text as it stands. In a text that was encoded only rules are tried whose findings can speak for themselves.
    fn scan_view<'r>(&'r self, text: &str, encoded: bool, pass: &Pass, found: &mut Vec<Finding<'r>>) {
        let bytes = text.as_bytes();
        let before = found.len();
        pass.memory.forget();
        let mut named = named::Words::new();
        let mut follow = |word: usize, leads: &'r [Lead], place: Range<usize>, found: &mut Vec<Finding<'r>>| {
            let counts = |index: usize| !encoded || can_speak_for_itself(self.rule(index));
            for lead in leads {
                if let Lead::Literal(index) = *lead
                    && counts(index)
                {
                    self.at_literal(text, index, place.start, pass, found);
                }
            }
            let names = leads.iter().any(|lead| matches!(*lead, Lead::Context(index) if counts(index)));
            if names && boundary::is_word(bytes, &place) {
                named.add(word, place, leads);
            }
        };
        let (built_in, custom) = (words(), self.custom.words());
        let mut goes_on = true;
        self.lookup().each(bytes, |what| match what {
            Found::Word(index, place) => follow(index, built_in[index].leads, place, found),
            Found::Place(place) => {
                goes_on = goes_on
                    && custom.at(bytes, place, |index, leads, place| {
                        let goes_on = pass.work.spend(leads.len());
                        if goes_on {
                            follow(built_in.len() + index, leads, place, found);
                        }
                        goes_on
                    });
            }
        });
        for words in named.by_rule().chunk_by(|(one, _), (other, _)| one == other) {
            let index = words[0].0;
            let rule = self.rule(index);
            if encoded && !can_speak_for_itself(rule) {
                continue;
            }
            let mut stretches = named::Stretches::new(rule, bytes);
            for window in named::Window::all(rule, words, bytes.len()) {
                if !self.is_custom(index) || pass.work.spend(window.span.len()) {
                    self.in_window(text, index, &window, &mut stretches, pass, found);
                }
            }
        }
        if let Some(own) = &self.own {
            own.find(bytes, &pass.work, |rule, span| {
                found.push(Finding {
                    rule,
                    secret: span.clone(),
                    span,
                    confidence: Confidence::Certain,
                    outcome: Outcome::Holds,
                    facts: Vec::new(),
                    beside: Vec::new(),
                });
            });
        }
        self.phrases(text, pass, found);
        // What is put together from pieces has told its facts already.
        for finding in found[before..].iter_mut().filter(|finding| finding.facts.is_empty()) {
            finding.facts =
                finding.rule.proof.map_or(Vec::new(), |proof| proof.tells(text, finding.span.clone(), pass.now));
        }
    }

    /// Tries a rule at the places that a literal of its pattern allows.
    fn at_literal<'r>(&'r self, text: &str, index: usize, at: usize, pass: &Pass, found: &mut Vec<Finding<'r>>) {
        let rule = self.rule(index);
        let (least, most) = rule.offset;
        for offset in (least..=most.min(at)).rev() {
            let start = at.checked_sub(offset).filter(|&start| shape::can_begin(rule, text.as_bytes(), start));
            if let Some(start) = start.filter(|&start| text.is_char_boundary(start))
                && let Some(finding) = self.at(text, index, rule, start, pass)
            {
                found.push(finding);
                return;
            }
        }
        if rule.has_check_digits() {
            found.extend(self.in_pieces(text, index, at, pass));
        }
    }

    /// Finds recovery phrases, to which no word leads.
    fn phrases<'r>(&'r self, text: &str, pass: &Pass, found: &mut Vec<Finding<'r>>) {
        let phrases = find_phrases(text, |run| pass.reads.note(run, 1));
        if phrases.is_empty() {
            return;
        }
        let Some(rule) = self.built_in.iter().find(|rule| rule.proof == Some(Proof::Bip39)) else { return };
        found.extend(phrases.into_iter().map(|phrase| {
            let (confidence, outcome) = match phrase.alone {
                true => (Confidence::Certain, Outcome::Holds),
                false => (Confidence::Medium, Outcome::Fits),
            };
            finding(rule, &text[phrase.at.clone()], phrase.at.start, confidence, outcome)
        }));
    }

    /// Puts the pieces of a token with check digits together.
    fn in_pieces<'r>(&'r self, text: &str, index: usize, start: usize, pass: &Pass) -> Option<Finding<'r>> {
        let rule = self.rule(index);
        let first = pass.memory.end_of_run(Key::FirstPiece(index), text.as_bytes(), start + rule.prefix, |byte| {
            joined::belongs(rule, byte)
        });
        let (joined, end) = Joined::at(rule, text.as_bytes(), start, first);
        pass.reads.note(start..end, self.reach().around);
        let joined = joined?;
        let end = self.shapes.longest_match(index, rule, joined.text.as_bytes(), 0, &Memory::default(), &pass.work)?;
        let proof = rule.proof?;
        let outcome = proof.check(joined.text.get(..end)?, pass.now);
        let span = joined.span(end)?;
        (outcome == Outcome::Holds).then(|| Finding {
            rule,
            secret: span.clone(),
            span,
            confidence: Confidence::Certain,
            outcome,
            facts: proof.tells(&joined.text, 0..end, pass.now),
            beside: Vec::new(),
        })
    }

    /// Tries a rule at every place of a window where a value can begin.
    fn in_window<'r>(
        &'r self,
        text: &str,
        index: usize,
        window: &named::Window,
        stretches: &mut named::Stretches<'_>,
        pass: &Pass,
        found: &mut Vec<Finding<'r>>,
    ) {
        let (rule, bytes) = (self.rule(index), text.as_bytes());
        let mut start = window.span.start;
        while let Some(at) = stretches.first(start..window.span.end) {
            start = at + 1;
            if boundary::begins(rule, bytes, at)
                && named::may_be_near(rule, bytes, at)
                && text.is_char_boundary(at)
                && let Some(finding) = self.at(text, index, rule, at, pass)
                && named::near_enough(rule, bytes, &window.words, &finding.span)
            {
                start = finding.span.end;
                // Whatever else begins in this window may be found because of this one, or not: a company's values may follow each other
                // without anything between them.
                if self.is_custom(index) {
                    pass.reads.note_all(finding.span.start..start.max(window.span.end), self.reach().ahead);
                }
                found.push(finding);
            }
        }
    }

    /// Runs a rule at one place: shape, boundaries, proof, plausibility.
    fn at<'r>(&self, text: &str, index: usize, rule: &'r Rule, start: usize, pass: &Pass) -> Option<Finding<'r>> {
        let bytes = text.as_bytes();
        if self.is_custom(index) && !pass.work.spend(1) {
            return None;
        }
        let fit = boundary::left(rule, bytes, start);
        // Only a proof that holds could still make it a finding.
        if fit == Fit::Inside && !boundary::counts_inside(rule) {
            return None;
        }
        pass.memory.end_of_read();
        let end = self.shapes.longest_match(index, rule, bytes, start, &pass.memory, &pass.work);
        if pass.reads.are_noted() {
            let around = rule.proof.map_or(0, Proof::asks_around).max(self.reach().around);
            pass.reads.note(start..self.shapes.end_of_read(index, start, &pass.memory), around);
        }
        let end = end?;
        let token = text.get(start..end)?;
        let outcome = rule.proof.map_or(Outcome::Silent, |proof| proof.check(token, pass.now));
        if outcome == Outcome::Holds {
            return Some(finding(rule, token, start, Confidence::Certain, outcome));
        }
        if fit == Fit::Inside {
            return None;
        }
        if boundary::is_masked_behind(bytes, start..end) {
            return None;
        }
        if boundary::goes_on(rule, bytes, end) {
            return self.longer(text, index, rule, start, end, pass);
        }
        judge(rule, token, start, outcome)
    }

    /// A token that is longer than its shape: a format that the provider has changed, or no token at all. Only a prefix of
    /// the provider's own carries it, and only as far as a calm warning.
    fn longer<'r>(
        &self,
        text: &str,
        index: usize,
        rule: &'r Rule,
        start: usize,
        end: usize,
        pass: &Pass,
    ) -> Option<Finding<'r>> {
        let bytes = text.as_bytes();
        if rule.prefix < LEAST_PREFIX {
            return None;
        }
        let limit = bytes.len().min(end + LONGEST_TAIL);
        let tail = pass.memory.end_of_run(Key::Tail(index), bytes, end, |byte| boundary::joins(byte, rule.tail));
        let end = tail.min(limit);
        pass.reads.note(start..end, self.reach().around);
        let token = text.get(start..end)?;
        let outcome = rule.proof.map_or(Outcome::Silent, |proof| proof.check(token, pass.now));
        // What begins inside such a token is a part of it, unless it proves itself.
        if outcome != Outcome::Holds && pass.memory.is_inside(index, start) {
            return None;
        }
        let mut finding = judge(rule, token, start, outcome)?;
        finding.confidence = finding.confidence.min(Confidence::Medium);
        pass.memory.note(index, start..end);
        Some(finding)
    }
}

/// Whether a finding says enough without the text around it, which a decoded text has lost: by its proof, or by a prefix of
/// the provider's own and the exact shape. Anything less is noise in there.
fn speaks_for_itself(finding: &Finding<'_>) -> bool {
    let own_prefix = finding.rule.prefix >= 4 && !finding.rule.needs_context();
    finding.outcome == Outcome::Holds || (own_prefix && finding.confidence >= Confidence::High)
}

/// Whether a finding of a rule ever does. A finding is surer than its rule only by a proof that holds.
fn can_speak_for_itself(rule: &Rule) -> bool {
    let own_prefix = rule.prefix >= 4 && !rule.needs_context();
    rule.proof.is_some_and(Proof::can_hold) || (own_prefix && rule.confidence >= Confidence::High)
}

/// Turns a match into a finding as sure as its evidence; none for a value that nobody would call a key.
fn judge<'r>(rule: &'r Rule, token: &str, start: usize, outcome: Outcome) -> Option<Finding<'r>> {
    let confidence = match outcome {
        Outcome::Holds => Confidence::Certain,
        Outcome::Fits | Outcome::Silent => rule.confidence,
        Outcome::Doubtful => match rule.confidence {
            Confidence::Certain | Confidence::High => Confidence::Medium,
            Confidence::Medium | Confidence::Low => Confidence::Low,
        },
        Outcome::Breaks => Confidence::Low,
    };
    let secret = rule.secret(token);
    let own = token.get(secret.start.max(rule.prefix)..secret.end).filter(|own| !own.is_empty()).unwrap_or(token);
    // Where nothing but a word leads to a match, a value must speak for itself; where text around it says what it is, it need not.
    let bare = rule.prefix == 0 && !rule.has_telling_literal() && !rule.names_its_secret();
    let is_shown = matches!(rule.kind, Kind::Publishable | Kind::Example);
    if bare
        && !is_shown
        && matches!(outcome, Outcome::Silent | Outcome::Doubtful | Outcome::Breaks)
        && !context::may_be_meant(own)
    {
        return None;
    }
    let confidence = match (outcome, context::look(own)) {
        (Outcome::Holds, _) => confidence,
        // What is meant to be seen has nothing to hide behind.
        (Outcome::Fits | Outcome::Silent, _) if is_shown => confidence,
        (_, Look::Default) if rule.names_its_secret() => Confidence::Low,
        (_, Look::Placeholder | Look::Default) => return None,
        (Outcome::Breaks, _) if rule.needs_context() => return None,
        (_, Look::Typed) => Confidence::Low,
        (Outcome::Fits, _) => confidence,
        (_, Look::Words | Look::Mixed) if bare => return None,
        // "--password required" is prose; behind a machine and a login it is none.
        (_, Look::Words) if rule.part.is_some() && !(rule.has_words_around() && rule.needs_context()) => return None,
        (_, Look::Random | Look::Words | Look::Mixed) => confidence,
    };
    Some(finding(rule, token, start, confidence, outcome))
}

fn finding<'r>(rule: &'r Rule, token: &str, start: usize, confidence: Confidence, outcome: Outcome) -> Finding<'r> {
    let secret = rule.secret(token);
    Finding {
        rule,
        span: start..start + token.len(),
        secret: start + secret.start..start + secret.end,
        confidence,
        outcome,
        facts: Vec::new(),
        beside: Vec::new(),
    }
}
