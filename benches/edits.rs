//! A keystroke in a text of a mebibyte, beside a scan of the whole text: `cargo bench --features sample --bench edits`.

mod texts;

use std::hint::black_box;

use criterion::{Bencher, Criterion};
use keystay::edits::Edited;
use keystay::scan::Scanner;

use texts::MEBIBYTE;

fn main() {
    let mut criterion = texts::criterion();
    edits(&mut criterion);
    criterion.final_summary();
}

fn edits(c: &mut Criterion) {
    let texts = [
        ("prose", texts::prose()),
        ("source", texts::plain_source()),
        ("source in one line", texts::plain_source().replace('\n', " ")),
        ("Cyrillic", texts::cyrillic()),
    ];
    for (name, text) in texts {
        let text: Vec<u16> = text.encode_utf16().take(MEBIBYTE).collect();
        let mut group = c.benchmark_group(format!("keystroke in {name}"));
        for (place, at) in [("at the start", 0), ("in the middle", text.len() / 2), ("at the end", text.len())] {
            group.bench_function(place, |bench| keystrokes(bench, &text, at));
        }
        group.bench_function("anywhere", |bench| anywhere(bench, &text));
        group.bench_function("the whole text", |bench| {
            bench.iter(|| Edited::new(Scanner::shared(), black_box(&text), 0).scan().findings.len());
        });
    }
}

/// A letter is typed and taken back.
fn keystrokes(bench: &mut Bencher<'_>, text: &[u16], place: usize) {
    let mut edited = Edited::new(Scanner::shared(), text, 0);
    let mut typed = false;
    bench.iter(|| {
        typed = !typed;
        let (deleted, inserted) = if typed { (0, &[0x61][..]) } else { (1, &[][..]) };
        black_box(edited.edit(place, deleted, inserted, 0));
        edited.scan().findings.len()
    });
}

/// A letter takes the place of another.
fn anywhere(bench: &mut Bencher<'_>, text: &[u16]) {
    let mut edited = Edited::new(Scanner::shared(), text, 0);
    let mut random = fastrand::Rng::with_seed(1);
    bench.iter(|| {
        let place = random.usize(..text.len());
        black_box(edited.edit(place, 1, &[0x61], 0));
        edited.scan().findings.len()
    });
}
