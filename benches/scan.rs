//! Throughput of the engine: `cargo bench --features sample`.
//!
//! The texts are the project's own source, the same with keys in it, and texts made to be slow. Compare the rows of one run;
//! absolute figures depend on the machine.

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
    grown(&text)
}

fn grown(text: &str) -> String {
    text.repeat(MEBIBYTE / text.len().max(1) + 1)
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

const TEXTS: &[&str] = &[
    "source",
    "source with a key of every rule",
    "key=key=",
    "sk-ant-sk-ant-",
    "eyJeyJ",
    "-----BEGIN",
    "hex",
    "://a:b",
];

fn text(name: &str) -> String {
    match name {
        "source" => source(),
        "source with a key of every rule" => with_keys(),
        "hex" => {
            let mut random = fastrand::Rng::with_seed(4);
            (0..MEBIBYTE).map(|_| random.digit(16)).collect()
        }
        other => grown(other),
    }
}

#[divan::bench(args = TEXTS, sample_count = 15)]
fn scan_one_mebibyte(bencher: Bencher, name: &str) {
    let text = text(name);
    let scanner = Scanner::shared();
    bencher.counter(BytesCount::of_str(&text)).bench(|| scanner.scan(black_box(&text), 0).findings.len());
}

#[divan::bench]
fn scan_two_kilobytes(bencher: Bencher) {
    let text = source()[..2048].to_string();
    let scanner = Scanner::shared();
    bencher.counter(BytesCount::of_str(&text)).bench(|| scanner.scan(black_box(&text), 0).findings.len());
}

#[divan::bench]
fn start_up() -> Scanner {
    Scanner::new()
}
