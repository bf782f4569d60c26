//! Throughput of the engine: `cargo bench --features sample`.
//!
//! The texts are the project's own source, the same with keys in it, and the texts of `tests/slow-texts.json`, which were made to be
//! slow. Those are scanned at lengths that double, because what counts is that twice the text takes twice the time; a table says how
//! near to that each of them is. Source is also scanned with as many more rules as can be, because their number must hardly count.
//! Compare the rows of one run; absolute figures depend on the machine.

use std::fmt;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use keystay::rules::{CustomRules, MOST_RULES, Rule};
use keystay::scan::Scanner;

fn main() {
    divan::main();
    // `--test` only asks whether each bench runs.
    print_ratios(if std::env::args().any(|argument| argument == "--test") { SHORTEST * 2 } else { LONGEST });
}

const SHORTEST: usize = 64 << 10;
const LONGEST: usize = 16 << 20;
/// Runs of which the fastest counts: what else the machine does makes the others slower.
const RUNS: usize = 3;

/// For each text that was made to be slow, how many times longer a text of twice the length takes.
fn print_ratios(longest: usize) {
    println!(
        "\n{:<55} {:>8} {:>12} {:>12}",
        "twice the text takes, from 64 KiB on, at most", "times", "slowest MB/s", "longest MB/s"
    );
    let scanner = Scanner::shared();
    let lengths =
        || std::iter::successors(Some(SHORTEST), |length| Some(length * 2)).take_while(|length| *length <= longest);
    for slow in Slow::all(SHORTEST) {
        let times: Vec<(usize, f64)> = lengths()
            .map(|length| {
                let text = Slow { length, ..slow.clone() }.text();
                let run = |_| {
                    let start = Instant::now();
                    black_box(scanner.scan(black_box(&text), 0).findings.len());
                    start.elapsed().as_secs_f64()
                };
                (text.len(), (0..RUNS).map(run).fold(f64::MAX, f64::min))
            })
            .collect();
        let speed = |&(length, time): &(usize, f64)| length as f64 / time / 1e6;
        let ratio = times
            .windows(2)
            .map(|pair| pair[1].1 / pair[0].1 * 2.0 * pair[0].0 as f64 / pair[1].0 as f64)
            .fold(0.0, f64::max);
        let slowest = times.iter().map(speed).fold(f64::MAX, f64::min);
        let longest = times.last().map_or(0.0, speed);
        println!("{:<55} {ratio:>8.2} {slowest:>12.1} {longest:>12.1}", slow.name);
    }
}

const MEBIBYTE: usize = 1 << 20;

/// Real source code, repeated to a mebibyte.
fn source() -> String {
    let mut text = String::new();
    for entry in ["src", "src/scan", "src/rules", "src/proof", "tests"] {
        let Ok(folder) = std::fs::read_dir(entry) else { continue };
        for path in folder.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
        }
    }
    grown(&text, MEBIBYTE)
}

fn grown(text: &str, length: usize) -> String {
    text.repeat(length / text.len().max(1) + 1)
}

fn with_keys() -> String {
    let mut random = fastrand::Rng::with_seed(3);
    let mut text = source();
    for rule in Rule::all() {
        text.push('\n');
        text.push_str(&rule.in_context(&rule.sample(&mut random)));
    }
    text
}

/// One of the texts that were made to be slow, and how long it is.
#[derive(Clone)]
struct Slow {
    name: String,
    length: usize,
    entry: serde_json::Value,
}

impl fmt::Display for Slow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} KiB", self.name, self.length >> 10)
    }
}

impl Slow {
    fn all(length: usize) -> Vec<Self> {
        let list: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../tests/slow-texts.json")).expect("the list of slow texts is JSON");
        let slow = |entry: serde_json::Value| Slow {
            name: entry["name"].as_str().unwrap_or_default().to_string(),
            length,
            entry,
        };
        list.into_iter().map(slow).collect()
    }

    fn text(&self) -> String {
        if let Some(letters) = self.entry["random"].as_str() {
            let mut random = fastrand::Rng::with_seed(4);
            let letters: Vec<char> = letters.chars().collect();
            return (0..self.length).map(|_| letters[random.usize(..letters.len())]).collect();
        }
        let times = self.entry["base64"].as_u64().unwrap_or(0);
        let plain = (0..times).fold(self.length, |length, _| length / 4 * 3);
        let text = grown(self.entry["repeat"].as_str().unwrap_or_default(), plain);
        (0..times).fold(text, |text, _| BASE64.encode(text))
    }
}

#[divan::bench(args = ["source", "source with a key of every rule"], sample_count = 15)]
fn scan_one_mebibyte(bencher: Bencher, name: &str) {
    let text = if name == "source" { source() } else { with_keys() };
    scan(bencher, &text);
}

#[divan::bench(args = Slow::all(MEBIBYTE), sample_count = 5)]
fn scan_what_was_made_to_be_slow(bencher: Bencher, slow: &Slow) {
    scan(bencher, &slow.text());
}

/// As many rules as a company can have: of each built-in rule one that is like it, led to by the same letters the other way round.
fn with_more_rules() -> Scanner {
    let mut random = fastrand::Rng::with_seed(5);
    let turned = |word: &str| word.chars().rev().collect::<String>();
    let rules = Rule::all().iter().take(MOST_RULES).enumerate().map(|(index, rule)| {
        let words: Vec<String> = rule.context.iter().map(|word| turned(word)).collect();
        let shape = match words.as_slice() {
            [] => {
                let sample = rule.sample(&mut random);
                let letters = sample.chars().filter(char::is_ascii_alphanumeric).take(5).collect::<String>();
                format!("pattern = '{}_[A-Za-z0-9]{{32}}'", turned(&letters).to_lowercase())
            }
            words => format!("pattern = '[0-9a-f]{{32}}'\ncontext = {words:?}\nnear = \"credential\""),
        };
        format!("[[rule]]\nid = \"more-{index}\"\nname = \"n\"\nenv = \"E\"\nseverity = \"low\"\n{shape}\n")
    });
    let (custom, refused) =
        CustomRules::compile(&[("more.toml", format!("provider = \"p\"\n{}", rules.collect::<String>()))]);
    assert!(refused.is_empty(), "{refused:?}");
    Scanner::with(custom, None)
}

/// Doubling the rules, nearly.
#[divan::bench(args = ["the built-in rules", "as many more as can be"], sample_count = 15)]
fn scan_with_more_rules(bencher: Bencher, rules: &str) {
    let scanner = if rules == "the built-in rules" { Scanner::new() } else { with_more_rules() };
    let text = source();
    bencher.counter(BytesCount::of_str(&text)).bench(|| scanner.scan(black_box(&text), 0).findings.len());
}

#[divan::bench]
fn scan_two_kilobytes(bencher: Bencher) {
    scan(bencher, &source()[..2048]);
}

fn scan(bencher: Bencher, text: &str) {
    let scanner = Scanner::shared();
    bencher.counter(BytesCount::of_str(text)).bench(|| scanner.scan(black_box(text), 0).findings.len());
}

#[divan::bench]
fn start_up() -> Scanner {
    Scanner::new()
}
