//! A text that is edited step by step gives after each step what a scan of the whole text gives.
#![cfg(feature = "sample")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use keystay::edits::{Edited, Looked};
use keystay::own::OwnSecrets;
use keystay::rules::{CustomRules, Rule};
use keystay::sample::near_misses;
use keystay::scan::Scanner;

/// What a text is made of.
struct Maker {
    random: fastrand::Rng,
    code: Vec<String>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        let code = ["src/scan.rs", "src/context.rs", "tests/slow-texts.json", "src/rules/private-keys.toml"];
        let code = code.iter().flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("the project's own files are there");
            text.lines().map(str::to_string).collect::<Vec<_>>()
        });
        Self { random: fastrand::Rng::with_seed(seed), code: code.collect() }
    }

    fn rule(&mut self) -> &'static Rule {
        &Rule::all()[self.random.usize(..Rule::all().len())]
    }

    fn named(&mut self, id: &str) -> String {
        Rule::named(id).expect("there is such a rule").sample(&mut self.random)
    }

    fn piece(&mut self) -> String {
        match self.random.u32(..26) {
            0..=3 => {
                let rule = self.rule();
                rule.in_context(&rule.sample(&mut self.random))
            }
            4 | 5 => {
                let rule = self.rule();
                let sample = rule.sample(&mut self.random);
                let misses = near_misses(&sample, &rule.pattern, &mut self.random);
                rule.in_context(misses.first().map_or("", String::as_str))
            }
            6..=9 => {
                let from = self.random.usize(..self.code.len());
                let lines = self.random.usize(1..12);
                self.code[from..].iter().take(lines).map(|line| format!("{line}\n")).collect()
            }
            10 => {
                let kinds = ["pem-private-key", "pgp-private-key", "pem-base64-key", "putty-key"];
                let kind = kinds[self.random.usize(..kinds.len())];
                self.named(kind)
            }
            11 => {
                let key = self.named("pem-private-key");
                let cut = (0..=self.random.usize(..key.len())).rev().find(|&at| key.is_char_boundary(at));
                key[..cut.unwrap_or(0)].to_string()
            }
            12 => self.named("bip39-mnemonic"),
            13 => {
                let phrase = self.named("bip39-mnemonic");
                format!("{} {phrase}", phrase.split(' ').next().unwrap_or_default())
            }
            14 => BASE64.encode(self.piece()),
            15 => self.piece().bytes().map(|byte| format!("%{byte:02x}")).collect(),
            16 => self.piece().replace('_', "&#95;").replace('-', "\\u002d"),
            17 => self.piece().chars().map(|character| format!("{character}\u{200b}")).collect(),
            18 => {
                let rule = self.rule();
                let sample = rule.sample(&mut self.random);
                let half = (0..=sample.len() / 2).rev().find(|&at| sample.is_char_boundary(at)).unwrap_or(0);
                format!("\"{}\" +\n    \"{}\"", &sample[..half], &sample[half..])
            }
            19 => "x😀é\u{fffd}ж漢字 ".repeat(self.random.usize(1..60)),
            20 => [" ", "\n", "A", "key ", "key=", "=", "ab1 ", "-"][self.random.usize(..8)]
                .repeat(self.random.usize(1..300)),
            21 => (0..self.random.usize(1..600)).map(|_| self.random.alphanumeric()).collect(),
            22 => {
                let (id, secret) = (self.named("aws-access-key-id"), self.named("aws-secret-access-key"));
                format!(
                    "aws_access_key_id = {id}\n{}aws_secret_access_key = {secret}\n",
                    "# and\n".repeat(self.random.usize(..50))
                )
            }
            23 => self.rule().context.first().map_or("token", |word| word).to_string(),
            24 => ["%", "&#", "\\x", "\\", "%25", "%4", "1", ";"][self.random.usize(..8)].to_string(),
            _ => "It was a bright day and the clocks of the office were all of one mind, or so it seemed to me.\n"
                .repeat(self.random.usize(1..20)),
        }
    }

    fn text(&mut self, pieces: usize) -> Vec<u16> {
        let joint = [" ", "\n", "", "\n\n", "  "];
        let pieces = (0..pieces).map(|_| self.piece() + joint[self.random.usize(..joint.len())]);
        pieces.collect::<String>().encode_utf16().collect()
    }

    /// Where something is put in or taken out: anywhere, or near the last edit, as people type.
    fn place(&mut self, length: usize, last: usize) -> usize {
        match self.random.u32(..3) {
            0 => self.random.usize(..=length),
            1 => last.min(length),
            _ => (last + self.random.usize(..200)).saturating_sub(100).min(length),
        }
    }

    fn inserted(&mut self) -> Vec<u16> {
        match self.random.u32(..8) {
            0 => Vec::new(),
            1 | 2 => self.piece().encode_utf16().collect(),
            // Half of a pair.
            3 => vec![if self.random.bool() { 0xd83d } else { 0xde00 }],
            _ => {
                let letters = "aZ09_-=+/ \n\"'.%&\\;:,x😀é\u{200b}а";
                let letters: Vec<char> = letters.chars().collect();
                let letter = letters[self.random.usize(..letters.len())];
                letter.encode_utf16(&mut [0; 2]).to_vec()
            }
        }
    }
}

/// What a script of edits has shown.
#[derive(Default)]
struct Shown {
    edits: usize,
    whole: usize,
    findings: usize,
    scanned: usize,
    length: usize,
}

fn follow(scanner: &Scanner, seed: u64, pieces: usize, edits: usize, shown: &mut Shown) {
    let mut maker = Maker::new(seed);
    let mut text = maker.text(pieces);
    let mut edited = Edited::new(scanner, &text, 1);
    let mut last = 0;
    for step in 0..edits {
        let start = maker.place(text.len(), last);
        let deleted = match maker.random.u32(..6) {
            0..=2 => 0,
            3 | 4 => maker.random.usize(..4),
            _ => maker.random.usize(..400),
        };
        let deleted = deleted.min(text.len() - start);
        let inserted = maker.inserted();
        let looked = edited.edit(start, deleted, &inserted, 1);
        text.splice(start..start + deleted, inserted.iter().copied());
        last = start + inserted.len();
        let (found, whole) = (edited.scan(), scanner.scan(&String::from_utf16_lossy(&text), 1));
        assert_eq!(found.partial, whole.partial, "seed {seed}, step {step}");
        assert_eq!(
            found.findings,
            whole.findings,
            "seed {seed}, step {step}: {looked:?}, edit at {start}, -{deleted} +{}",
            inserted.len()
        );
        assert_eq!(edited.len(), text.len());
        shown.edits += 1;
        shown.findings += found.findings.len();
        shown.length += text.len();
        match looked {
            Looked::Near(units) => shown.scanned += units,
            Looked::Whole => {
                shown.whole += 1;
                shown.scanned += text.len();
            }
        }
    }
}

/// More of them, with `KEYSTAY_SCRIPTS`.
fn scripts() -> u64 {
    std::env::var("KEYSTAY_SCRIPTS").ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

#[test]
fn after_each_edit_that_is_found_which_a_scan_of_the_whole_text_finds() {
    let mut shown = Shown::default();
    for seed in 0..scripts() {
        follow(Scanner::shared(), seed, [3, 20, 80, 200][seed as usize % 4], 60, &mut shown);
    }
    let Shown { edits, whole, findings, scanned, length } = shown;
    println!(
        "{edits} edits, {whole} by a scan of the whole text; {findings} findings; {scanned} of {length} units scanned"
    );
    assert!(
        findings > edits && whole < edits / 2,
        "the scripts edit texts with keys, and most edits are looked at near them"
    );
}

/// Rules whose words stand in these texts, and whose matches are long, follow each other, or begin far before their literal.
const COMPANY: &str = r#"
provider = "p"
[[rule]]
id = "tiles"
name = "n"
env = "E"
severity = "low"
pattern = '[a-zA-Z][a-zA-Z0-9 ]{20,90}'
context = ["key", "the office"]
[[rule]]
id = "long"
name = "n"
env = "E"
severity = "low"
pattern = 'clock[a-zA-Z0-9 ,.]+\n'
[[rule]]
id = "far"
name = "n"
env = "E"
severity = "low"
pattern = '[^_]{400}scan[^\n]{5,200}'
[[rule]]
id = "like-any-other"
name = "n"
env = "E"
severity = "high"
pattern = '[0-9A-Za-z]{32}'
context = ["token", "a bright day and the clocks of the office were all of one mind"]
near = "credential"
"#;

#[test]
fn what_a_companys_rules_find_is_found_after_each_edit() {
    let (custom, refused) = CustomRules::compile(&[("company.toml", COMPANY)]);
    assert_eq!(refused, []);
    let scanner = Scanner::with(custom, None);
    let mut shown = Shown::default();
    for seed in 0..scripts() {
        follow(&scanner, 100 + seed, [3, 20, 80, 200][seed as usize % 4], 60, &mut shown);
    }
    assert!(
        shown.findings > shown.edits && shown.whole < shown.edits,
        "some edits are looked at near them: {} of {}",
        shown.whole,
        shown.edits
    );
}

#[test]
fn own_secrets_are_found_after_each_edit() {
    let mut own = OwnSecrets::new([7; 32]);
    let mut random = fastrand::Rng::with_seed(5);
    let values: Vec<String> = (0..3).map(|_| (0..300).map(|_| random.alphanumeric()).collect()).collect();
    for (number, value) in values.iter().enumerate() {
        own.add(&format!("secret {number}"), value).expect("it can be registered");
    }
    let scanner = Scanner::with(CustomRules::default(), Some(own));
    let filler = "nothing to see in this line of a long text\n".repeat(200);
    let mut text: Vec<u16> = format!("{filler}{}\n{filler}", values[0]).encode_utf16().collect();
    let mut edited = Edited::new(&scanner, &text, 1);
    for step in 0..400 {
        let start = filler.len() + step % 301;
        let (deleted, inserted) = if step % 2 == 0 { (0, vec![0x78]) } else { (1, Vec::new()) };
        // Every other edit takes back the one before it.
        let start = if step % 2 == 0 { start } else { start - 1 };
        edited.edit(start, deleted, &inserted, 1);
        text.splice(start..start + deleted, inserted.iter().copied());
        let whole = scanner.scan(&String::from_utf16_lossy(&text), 1);
        assert_eq!(edited.scan().findings, whole.findings, "step {step}");
    }
}

#[test]
fn an_edit_that_does_not_lie_in_the_text_is_made_at_its_end() {
    let mut edited = Edited::new(Scanner::shared(), &[], 0);
    assert!(edited.is_empty());
    edited.edit(usize::MAX, usize::MAX, &[0xd83d], 0);
    edited.edit(1, 7, &[0xde00, 0x61], 0);
    edited.edit(2, usize::MAX, &[], 0);
    assert_eq!(edited.len(), 2);
}

#[test]
fn a_key_that_is_written_letter_by_letter_is_found_with_its_last_one() {
    let rule = Rule::named("anthropic-api-key").expect("the first set has Anthropic's key");
    let key = rule.sample(&mut fastrand::Rng::with_seed(11));
    let filler = "An ordinary line of text.\n".repeat(40_000);
    let text: Vec<u16> = format!("{filler}\n{filler}").encode_utf16().collect();
    let mut edited = Edited::new(Scanner::shared(), &text, 0);
    for (at, letter) in key.bytes().enumerate() {
        let looked = edited.edit(filler.len() + at, 0, &[u16::from(letter)], 0);
        assert!(matches!(looked, Looked::Near(..4096)), "{looked:?}");
    }
    let found = edited.scan().findings;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].span, filler.len()..filler.len() + key.len());
}
