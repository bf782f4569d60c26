//! Texts that the benches look at, and how they are timed.

#![allow(dead_code, reason = "each bench uses some of it")]

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use criterion::Criterion;
use keystay::rules::Rule;

pub const MEBIBYTE: usize = 1 << 20;

/// Short, so that all benches take minutes; the tables give the spread.
pub fn criterion() -> Criterion {
    Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .sample_size(15)
        .configure_from_args()
}

/// The project's own source, repeated to a mebibyte.
pub fn source() -> String {
    let mut text = String::new();
    for entry in ["src", "src/scan", "src/rules", "src/proof", "tests"] {
        let Ok(folder) = std::fs::read_dir(entry) else { continue };
        let mut paths: Vec<_> = folder.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        paths.sort();
        for path in paths {
            text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
        }
    }
    grown(&text, MEBIBYTE)
}

/// Code like any other: what the other source says of keys is not in it.
pub fn plain_source() -> String {
    let text = ["src/scan.rs", "src/context.rs", "src/judgement.rs"]
        .map(|path| std::fs::read_to_string(path).unwrap_or_default())
        .concat();
    grown(&text, MEBIBYTE)
}

pub fn prose() -> String {
    grown("It was a bright cold day in the office, and the clocks were all of one mind about the time.\n", MEBIBYTE)
}

pub fn cyrillic() -> String {
    grown("Был холодный ясный день, и часы показывали одно и то же время.\n", MEBIBYTE)
}

/// Source with a key of every rule at its end.
pub fn with_keys() -> String {
    let mut random = fastrand::Rng::with_seed(3);
    let mut text = source();
    for rule in Rule::all() {
        text.push('\n');
        text.push_str(&rule.in_context(&rule.sample(&mut random)));
    }
    text
}

/// The texts that were made to be slow (`tests/slow-texts.json`), by name.
pub fn made_to_be_slow(length: usize) -> Vec<(String, String)> {
    let list: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../tests/slow-texts.json")).expect("the list of slow texts is JSON");
    list.iter().map(|entry| (entry["name"].as_str().unwrap_or_default().to_string(), slow(entry, length))).collect()
}

fn slow(entry: &serde_json::Value, length: usize) -> String {
    if let Some(letters) = entry["random"].as_str() {
        let mut random = fastrand::Rng::with_seed(4);
        let letters: Vec<char> = letters.chars().collect();
        return (0..length).map(|_| letters[random.usize(..letters.len())]).collect();
    }
    let times = entry["base64"].as_u64().unwrap_or(0);
    let plain = (0..times).fold(length, |length, _| length / 4 * 3);
    let text = grown(entry["repeat"].as_str().unwrap_or_default(), plain);
    (0..times).fold(text, |text, _| BASE64.encode(text))
}

fn grown(text: &str, length: usize) -> String {
    text.repeat(length / text.len().max(1) + 1)
}
