//! Scans a view of a text only where it differs from the text, which has been scanned itself.
//!
//! Most texts with an escape have a few of them, `%20` in an address, and everything that is not near one is found in the text as it
//! stands. What is near is told as it is for an edit (`src/edits.rs`): values that begin within [`AHEAD`] before a change or [`BACK`]
//! behind it, with what is read for them, and all of what was read further across a change. Where a piece is read across its ends, it
//! is made wider. Where the pieces come to half of the view, or one is made wider over and over, all of it is scanned. A company's
//! rules may have longer words and make longer matches: `Reach` says how far is looked for those.

use std::ops::Range;

use super::pass::Pass;
use super::reads::{QUIET, Reach};
use super::view::View;
use super::{Finding, Scanner};

/// How often a piece is scanned, each time a wider one.
const MOST_TRIES: usize = 5;

/// A piece of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where what may be changed begins.
    cut: Range<usize>,
    /// All that is read for that.
    scanned: Range<usize>,
}

impl Piece {
    fn new(text: &str, cut: Range<usize>, reach: &Reach) -> Self {
        let scanned = text.floor_char_boundary(cut.start.saturating_sub(reach.quiet + reach.back))
            ..text.ceil_char_boundary((cut.end + reach.ahead).min(text.len()));
        Self { cut, scanned }
    }
}

/// Where what is found or read near a change may begin.
fn cut(text: &str, change: &Range<usize>, reach: &Reach) -> Range<usize> {
    change.start.saturating_sub(reach.ahead)..(change.end + reach.back).min(text.len())
}

impl Scanner {
    /// The pieces of a view that may hold something else than the text that it is a view of, of which so much was read for longer than
    /// usual; none where only the whole view will do.
    pub(super) fn pieces(&self, view: &View, read: &[Range<usize>], pass: &Pass) -> Option<Vec<Piece>> {
        if !pass.reads.are_noted() {
            return None;
        }
        let reach = self.reach();
        let text = view.text();
        let mut read = read.to_vec();
        read.sort_by_key(|read| read.start);
        let mut read = read.into_iter().peekable();
        // What was read up to a change, or across it, in one go.
        let mut across = 0..0;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut length = 0;
        for (mut here, original) in view.changes() {
            while let Some(read) = read.next_if(|read| read.start <= original.end) {
                let start = if read.start <= across.end { across.start } else { read.start };
                across = start..across.end.max(read.end);
            }
            if across.end >= original.start {
                here = view.place(across.start).min(here.start)..view.place(across.end).max(here.end);
            }
            if pieces.last().is_some_and(|last| last.cut.contains(&here.start) && here.end + reach.back <= last.cut.end)
            {
                continue;
            }
            let Piece { cut, scanned } = Piece::new(text, cut(text, &here, &reach), &reach);
            match pieces.last_mut() {
                Some(last) if scanned.start <= last.scanned.end => {
                    length += last.scanned.start.saturating_sub(scanned.start);
                    length += scanned.end.saturating_sub(last.scanned.end);
                    last.cut = last.cut.start.min(cut.start)..last.cut.end.max(cut.end);
                    last.scanned = last.scanned.start.min(scanned.start)..last.scanned.end.max(scanned.end);
                }
                _ => {
                    length += scanned.len();
                    pieces.push(Piece { cut, scanned });
                }
            }
            if length * 2 > text.len() {
                return None;
            }
        }
        Some(pieces)
    }

    /// Scans the pieces of a view, or all of it where there are none, or where they come to half of it.
    pub(super) fn scan_pieces<'r>(
        &'r self,
        text: &str,
        pieces: Option<Vec<Piece>>,
        encoded: bool,
        pass: &Pass,
        found: &mut Vec<Finding<'r>>,
    ) {
        let Some(pieces) = pieces else { return self.scan_view(text, encoded, pass, found) };
        let (before, reads, reach) = (found.len(), pass.reads.mark(), self.reach());
        let mut room = text.len() / 2;
        let mut done = 0;
        for mut piece in pieces {
            let mut tries = 0;
            while piece.cut.end > done {
                tries += 1;
                let left = room.checked_sub(piece.scanned.len()).filter(|_| tries <= MOST_TRIES);
                let Some(left) = left else {
                    found.truncate(before);
                    pass.reads.forget(reads);
                    return self.scan_view(text, encoded, pass, found);
                };
                room = left;
                match self.scan_piece(text, &piece, encoded, pass, found) {
                    None => done = piece.cut.end,
                    Some(wider) => piece = Piece::new(text, wider, &reach),
                }
            }
        }
    }

    /// Scans a piece of a view. Where something goes across the ends of what may be changed, it finds nothing and says what would have to
    /// be scanned instead.
    fn scan_piece<'r>(
        &'r self,
        text: &str,
        Piece { cut: here, scanned }: &Piece,
        encoded: bool,
        pass: &Pass,
        found: &mut Vec<Finding<'r>>,
    ) -> Option<Range<usize>> {
        let mut new = Vec::new();
        let reads = pass.reads.mark();
        self.scan_view(&text[scanned.clone()], encoded, pass, &mut new);
        let place = |span: &Range<usize>| scanned.start + span.start..scanned.start + span.end;
        pass.reads.place(reads, |read| place(&read));
        for finding in &mut new {
            (finding.span, finding.secret) = (place(&finding.span), place(&finding.secret));
        }
        // Nothing goes across the ends of the text.
        let ends = || [here.start, here.end].into_iter().filter(|&end| end > 0 && end < text.len());
        let crosses = |span: &Range<usize>, by: usize| ends().any(|end| span.start < end + by && span.end + by > end);
        let mut wider = here.clone();
        let mut take = |span: &Range<usize>| {
            let cut = cut(text, &(span.start.saturating_sub(QUIET)..span.end + QUIET), &self.reach());
            wider = wider.start.min(cut.start)..wider.end.max(cut.end);
        };
        new.iter().map(|finding| &finding.span).filter(|span| crosses(span, QUIET)).for_each(&mut take);
        pass.reads.behind(reads).iter().filter(|read| crosses(read, 0)).for_each(&mut take);
        if wider != *here {
            pass.reads.forget(reads);
            return Some(wider);
        }
        found.extend(new.into_iter().filter(|finding| here.contains(&finding.span.start)));
        None
    }
}

#[cfg(all(test, feature = "sample"))]
mod tests {
    use super::*;
    use crate::rules::{CustomRules, Rule};
    use crate::scan::hostile;
    use crate::scan::memory::Memory;
    use crate::scan::reads::{BACK, Reads};
    use crate::scan::resolve;
    use crate::scan::work::Work;

    fn found<'r>(scanner: &'r Scanner, text: &str, reads: Reads) -> Vec<Finding<'r>> {
        let pass = Pass { now: 0, work: Work::new(1 << 30), memory: Memory::default(), reads };
        resolve::surest(scanner.scan_layer(text, 0, 0, None, &pass))
    }

    /// A character as an address, HTML, code or a disguise writes it.
    fn disguised(character: char, random: &mut fastrand::Rng) -> String {
        let code = u32::from(character);
        match random.usize(..7) {
            0 => format!("&#{code};"),
            1 => format!("&#x{code:x}"),
            2 => format!("\\x{code:02x}"),
            3 => format!("\\u{code:04X}"),
            4 => format!("{character}\u{200b}"),
            5 => char::from_u32(code + 0xfee0).map_or(character.to_string(), |wide| wide.to_string()),
            _ => format!("%{code:02X}"),
        }
    }

    fn with_disguise(text: &str, random: &mut fastrand::Rng) -> String {
        let places: Vec<usize> = text.match_indices(|c| (' '..='~').contains(&c)).map(|(at, _)| at).collect();
        let at = places[random.usize(..places.len())];
        let character = char::from(text.as_bytes()[at]);
        format!("{}{}{}", &text[..at], disguised(character, random), &text[at + 1..])
    }

    /// Words between which samples of rules stand.
    const WORDS: &[&str] = &[
        "the",
        "key",
        "of",
        "password",
        "=",
        "token:",
        "\n",
        "\"",
        "x-api-key",
        "https://",
        "example.org",
        "a1b2c3",
        "é",
    ];

    /// A text with samples, some of whose characters are disguised. What is `more` stands between them.
    fn text(rules: &[Rule], more: &[&str], random: &mut fastrand::Rng) -> String {
        let mut text = String::new();
        for _ in 0..random.usize(1..7) {
            for _ in 0..random.usize(..400) {
                let words = if random.u8(..4) == 0 && !more.is_empty() { more } else { WORDS };
                text.push_str(words[random.usize(..words.len())]);
                text.push_str(if random.bool() { " " } else { "" });
            }
            let rule = &rules[random.usize(..rules.len())];
            if let Some(word) = rule.context.first() {
                text.push_str(&format!("{word} = "));
            }
            let sample = rule.sample(random);
            text.push_str(&if random.bool() { with_disguise(&sample, random) } else { sample });
            text.push(if random.bool() { ' ' } else { '\n' });
        }
        for _ in 0..random.usize(..3) {
            text = with_disguise(&text, random);
        }
        text
    }

    /// In how many texts something is found, and in how many the view is scanned in pieces.
    fn compare(scanner: &Scanner, count: usize, mut text: impl FnMut() -> String) -> (usize, usize) {
        let (mut found_something, mut in_pieces) = (0, 0);
        for _ in 0..count {
            let text = text();
            let whole = found(scanner, &text, Reads::default());
            assert_eq!(found(scanner, &text, Reads::noted()), whole, "{text}");
            found_something += usize::from(!whole.is_empty());
            let pass = Pass { now: 0, work: Work::new(0), memory: Memory::default(), reads: Reads::noted() };
            let view = View::unescaped(&text).or_else(|| View::folded(&text));
            let pieces = view.and_then(|view| scanner.pieces(&view, &[], &pass));
            in_pieces += usize::from(pieces.is_some());
        }
        (found_something, in_pieces)
    }

    #[test]
    fn what_is_found_near_what_differs_is_what_is_found_in_all_of_a_view() {
        let mut random = fastrand::Rng::with_seed(31);
        let (found_something, in_pieces) = compare(Scanner::shared(), 1500, || text(Rule::all(), &[], &mut random));
        assert!(in_pieces > 500 && found_something > 1000, "{in_pieces} {found_something}");
    }

    /// Rules whose matches follow each other without anything between them, are long, begin far before their literal, or stand beside
    /// long words.
    const AWKWARD: &[&str] = &[
        "pattern = 'zkq[a-z0-9 ,]{20,40}[.,]'\ncontext = ['key']",
        "pattern = 'zkq[a-z0-9 ,]{60,200}[.,]'\ncontext = ['key']",
        "pattern = 'zkq[a-z0-9 ,]{100,150}[.,]'\ncontext = ['key']",
        "pattern = 'zkqqq[a-z0-9 ]{40,110}'\ncontext = ['token:']\nnear = 'assignment'",
        "pattern = 'qqq[a-z0-9]{8}(?:[ a-z0-9]{0,900}z)?'\ncontext = ['the', 'api']\nnear = 'credential'",
        "pattern = 'q[a-z0-9]{23}'\ncontext = ['LONG']",
        "pattern = '[a-z0-9]{900}://[a-z0-9]{20}'",
        "pattern = '[^!]{0,30}xyz[^!]+'",
        "pattern = 'longprefix_[a-z0-9 ]{5,}-'",
        "pattern = 'acme_[A-Za-z0-9]{32}'",
    ];

    fn long_word() -> String {
        "a-very-long-word-".repeat(11)
    }

    fn awkward() -> String {
        let rule = |(number, rule): (usize, &&str)| {
            let rule = rule.replace("LONG", &long_word());
            format!("[[rule]]\nid = 'c-{number}'\nname = 'n'\nenv = 'E'\nseverity = 'low'\n{rule}\n")
        };
        format!("provider = 'p'\n{}", AWKWARD.iter().enumerate().map(rule).collect::<String>())
    }

    /// Nothing, then what leads to one of these rules and what it matches, of any length, and nothing again; one character in the middle
    /// is disguised.
    fn awkward_text(random: &mut fastrand::Rng) -> String {
        let signs: Vec<char> = "abcdefghijklmnopqrstuvwxyz0123456789 ".chars().collect();
        let mut letters = random.fork();
        let mut some =
            |count: usize, kinds: usize| (0..count).map(|_| signs[letters.usize(..kinds)]).collect::<String>();
        let mut middle = String::new();
        for _ in 0..random.usize(1..3) {
            match random.u8(..6) {
                0 => {
                    for _ in 0..random.usize(1..60) {
                        middle.push_str([" key ", " the key: ", " token: "].get(random.usize(..20)).unwrap_or(&" "));
                        middle.push_str(["zkq", "zkqqq", ""][random.usize(..3)]);
                        middle.push_str(&some(random.usize(..16), 36));
                        middle.push_str(["", ","][random.usize(..2)]);
                    }
                    middle.push_str([":", "=", " "][random.usize(..3)]);
                }
                1 => {
                    let (value, between, word) = (some(23, 36), ". ".repeat(random.usize(1..32)), long_word());
                    middle.push_str(&match random.bool() {
                        true => format!("q{value}{between}{word}"),
                        false => format!("{word}{between}q{value}"),
                    });
                }
                2 => middle.push_str(&format!("{}://{}", some(900, 36), some(20, 36))),
                3 => middle.push_str(&format!(
                    "{} xyz {}!",
                    some(random.usize(..40), 37),
                    some(random.usize(..1200), 37)
                )),
                4 => middle.push_str(&format!("longprefix_{}-", some(random.usize(..1100), 37))),
                _ => middle.push_str(&format!("the key qqq{}z api", some(random.usize(..1000), 37))),
            }
            middle.push_str(&" . ".repeat(random.usize(..40)));
        }
        let nothing = "0123. ABC\n".repeat(400);
        format!("{nothing}{}{nothing}", with_disguise(&middle, random))
    }

    #[test]
    fn so_it_is_with_a_companys_rules_however_long_what_they_match_and_whatever_follows_what() {
        let mut random = fastrand::Rng::with_seed(32);
        let (custom, refused) =
            CustomRules::compile(&[("awkward.toml", awkward()), ("hostile.toml", hostile::file(&hostile::patterns()))]);
        assert_eq!(refused, []);
        let scanner = Scanner::with(custom, None);
        let long = long_word();
        let more =
            [&long, "qabcdefghi", "aaa", "aaa-", "xyz", "longprefix_", "abcdefgh", "aaa!", "-", "lmn", "://", "z", "!"];
        let rules = scanner.custom().rules();
        let (found_something, in_pieces) = compare(&scanner, 300, || text(rules, &more, &mut random));
        assert!(in_pieces > 100 && found_something > 200, "{in_pieces} {found_something}");
    }

    #[test]
    fn one_disguised_character_near_or_in_what_a_companys_rule_matches_is_enough() {
        let mut random = fastrand::Rng::with_seed(33);
        let (custom, refused) = CustomRules::compile(&[("awkward.toml", awkward())]);
        assert_eq!(refused, []);
        let scanner = Scanner::with(custom, None);
        let (found_something, in_pieces) = compare(&scanner, 10_000, || awkward_text(&mut random));
        assert!(in_pieces > 8000 && found_something > 5000, "{in_pieces} {found_something}");
    }

    #[test]
    fn what_is_read_across_an_end_of_a_piece_makes_it_so_much_wider() {
        let (custom, _) = CustomRules::compile(&[("awkward.toml", awkward())]);
        let scanner = Scanner::with(custom, None);
        let token = format!("longprefix_{}-", "a1b2".repeat(200));
        let nothing = "0123. ABC\n".repeat(400);
        let text = format!("{nothing}{token}{nothing}");
        let token = nothing.len()..nothing.len() + token.len();
        for (cut, end) in
            [(2000..token.start + 400, token.end + QUIET), (token.start + 100..token.end + 1000, token.end)]
        {
            let pass = Pass { now: 0, work: Work::new(1 << 30), memory: Memory::default(), reads: Reads::noted() };
            let reach = scanner.reach();
            let mut found = Vec::new();
            let wider = scanner.scan_piece(&text, &Piece::new(&text, cut.clone(), &reach), false, &pass, &mut found);
            let wider = wider.expect("the token goes across its beginning or end");
            assert!(wider.start <= token.start.min(cut.start) && wider.end >= end.max(cut.end), "{cut:?}: {wider:?}");
            assert!(wider.len() < token.len() + 3000 && found.is_empty() && pass.reads.behind(0).is_empty());
            let piece = Piece::new(&text, wider, &reach);
            assert_eq!(scanner.scan_piece(&text, &piece, false, &pass, &mut found), None);
            assert_eq!(found.len(), 1);
        }
    }

    #[test]
    fn an_escape_in_a_long_text_costs_no_second_scan_of_it() {
        let text = format!("{}see https://example.org/a%20b {}", "some words ".repeat(1000), "and more ".repeat(1000));
        let view = View::unescaped(&text).expect("there is an escape");
        let pass = Pass { now: 0, work: Work::new(0), memory: Memory::default(), reads: Reads::noted() };
        let pieces = Scanner::shared().pieces(&view, &[], &pass).expect("it is far from most of the text");
        let [Piece { cut, scanned }] = pieces.as_slice() else { panic!("one piece") };
        let change = view.text().find("a b").expect("it is undone") + 1;
        assert!(cut.contains(&change) && scanned.len() < 1200, "{scanned:?}");
        let read = view.origin(change - 2000..change + 1);
        let pieces =
            Scanner::shared().pieces(&view, std::slice::from_ref(&read), &pass).expect("there is more of the text");
        assert!(pieces[0].cut.start < change - 2000 - BACK, "all of a long token is new");
        let read = 0..text.len();
        assert_eq!(
            Scanner::shared().pieces(&view, std::slice::from_ref(&read), &pass),
            None,
            "it is all that there is"
        );
    }
}
