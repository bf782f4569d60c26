//! Throughput of the engine: `cargo bench --features sample`.
//!
//! The texts are the project's own source, the same with keys in it, and the texts of `tests/slow-texts.json`, which were made to be
//! slow. Those are scanned at two lengths, because what counts is that twice the text takes twice the time. Compare the rows of one
//! run; absolute figures depend on the machine.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use keystay::rules::Rule;
use keystay::scan::Scanner;

fn main() {
    divan::main();
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
    fn all() -> Vec<Self> {
        let list: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../tests/slow-texts.json")).expect("the list of slow texts is JSON");
        let both = |entry: serde_json::Value| {
            [MEBIBYTE / 2, MEBIBYTE].map(|length| Slow {
                name: entry["name"].as_str().unwrap_or_default().to_string(),
                length,
                entry: entry.clone(),
            })
        };
        list.into_iter().flat_map(both).collect()
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

#[divan::bench(args = Slow::all(), sample_count = 5)]
fn scan_what_was_made_to_be_slow(bencher: Bencher, slow: &Slow) {
    scan(bencher, &slow.text());
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
