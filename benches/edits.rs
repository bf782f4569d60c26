//! A keystroke in a text of a mebibyte: `cargo bench --features sample --bench edits`. Compare with a scan of the whole text.

use divan::{Bencher, black_box};
use keystay::edits::Edited;
use keystay::scan::Scanner;

fn main() {
    divan::main();
}

const MEBIBYTE: usize = 1 << 20;

const TEXTS: [&str; 4] = ["prose", "source", "source in one line", "Cyrillic"];

fn text(name: &str) -> Vec<u16> {
    let source = || {
        ["src/scan.rs", "src/context.rs", "src/judgement.rs"]
            .map(|path| std::fs::read_to_string(path).unwrap_or_default())
            .concat()
    };
    let unit = match name {
        "prose" => {
            "It was a bright cold day in the office, and the clocks were all of one mind about the time.\n".to_string()
        }
        "source" => source(),
        "source in one line" => source().replace('\n', " "),
        _ => "Был холодный ясный день, и часы показывали одно и то же время.\n".to_string(),
    };
    unit.encode_utf16().cycle().take(MEBIBYTE).collect()
}

/// A letter is typed and taken back.
fn keystrokes(bencher: Bencher, name: &str, place: usize) {
    let mut edited = Edited::new(Scanner::shared(), &text(name), 0);
    let mut typed = false;
    bencher.bench_local(|| {
        typed = !typed;
        let (deleted, inserted) = if typed { (0, &[0x61][..]) } else { (1, &[][..]) };
        black_box(edited.edit(place, deleted, inserted, 0));
        edited.scan().findings.len()
    });
}

#[divan::bench(args = TEXTS)]
fn keystroke_at_the_start(bencher: Bencher, name: &str) {
    keystrokes(bencher, name, 0);
}

#[divan::bench(args = TEXTS)]
fn keystroke_in_the_middle(bencher: Bencher, name: &str) {
    keystrokes(bencher, name, MEBIBYTE / 2);
}

#[divan::bench(args = TEXTS)]
fn keystroke_at_the_end(bencher: Bencher, name: &str) {
    keystrokes(bencher, name, MEBIBYTE);
}

#[divan::bench(args = TEXTS)]
fn keystroke_anywhere(bencher: Bencher, name: &str) {
    let mut edited = Edited::new(Scanner::shared(), &text(name), 0);
    let mut random = fastrand::Rng::with_seed(1);
    bencher.bench_local(|| {
        let place = random.usize(..MEBIBYTE);
        black_box(edited.edit(place, 1, &[0x61], 0));
        edited.scan().findings.len()
    });
}

#[divan::bench(args = TEXTS, sample_count = 10)]
fn whole_text(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.bench_local(|| Edited::new(Scanner::shared(), &text, 0).scan().findings.len());
}
