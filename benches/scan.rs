//! The engine and its parts: `cargo bench --features sample --bench scan`, and behind `--` a part of a name for some of it.
//!
//! What `./build.sh bench` makes of it is in `docs/measurements.md`. How the time grows with the text is measured in WebAssembly, by
//! `tests/bench/linear.mjs`: that is what ships.

mod texts;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use keystay::judgement;
use keystay::policy::{Destination, Settings};
use keystay::proof::Proof;
use keystay::redact::Secret;
use keystay::rules::{CustomRules, MOST_RULES, Rule};
use keystay::scan::Scanner;

use texts::MEBIBYTE;

fn main() {
    let mut criterion = texts::criterion();
    scan(&mut criterion);
    parts(&mut criterion);
    more_rules(&mut criterion);
    made_to_be_slow(&mut criterion);
    criterion.final_summary();
}

fn scan(c: &mut Criterion) {
    let mut group = c.benchmark_group("scan");
    let scanner = Scanner::shared();
    let source = texts::source();
    for (name, text) in [
        ("prose, 1 MiB", texts::prose()),
        ("Cyrillic, 1 MiB", texts::cyrillic()),
        ("source, 2 KiB", source[..2048].to_string()),
        ("source, 1 MiB", texts::plain_source()),
        ("source that is full of patterns and words of keys, 1 MiB", source),
        ("source with a key of every rule, 1 MiB", texts::with_keys()),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| scanner.scan(black_box(&text), 0).findings.len()));
    }
}

/// What a scan is made of, and what stands around it.
fn parts(c: &mut Criterion) {
    let mut group = c.benchmark_group("parts");
    group.bench_function("start of a scanner", |bench| bench.iter(Scanner::new));

    let mut random = fastrand::Rng::with_seed(6);
    let proofs: Vec<(Proof, String)> =
        Rule::all().iter().filter_map(|rule| Some((rule.proof?, rule.sample(&mut random)))).collect();
    group.bench_function(format!("proofs of {} samples, one of each rule that has one", proofs.len()), |bench| {
        bench.iter(|| proofs.iter().map(|(proof, sample)| proof.check(black_box(sample), 0)).collect::<Vec<_>>());
    });

    let samples: Vec<String> = Rule::all().iter().map(|rule| rule.sample(&mut random)).collect();
    group.bench_function(format!("looks at whether each of {} values is a real one", samples.len()), |bench| {
        bench.iter(|| {
            for sample in &samples {
                black_box(keystay::context::look(black_box(sample)));
            }
        });
    });

    let keys: String =
        Rule::all().iter().map(|rule| format!("{}\n", rule.in_context(&rule.sample(&mut random)))).collect();
    let flavours = [Secret::new(keys)];
    let destination = Destination::new("https://example.org/", "https://example.org/");
    let settings = Settings::default();
    group.throughput(Throughput::Bytes(flavours[0].text().len() as u64));
    group.bench_function("scan of a key of every rule", |bench| {
        bench.iter(|| Scanner::shared().scan(black_box(flavours[0].text()), 0).findings.len());
    });
    group.bench_function("judgement on a key of every rule, scan included", |bench| {
        bench.iter(|| judgement::judge(Scanner::shared(), &flavours, &destination, &settings, 0).findings.len());
    });
    let rules = more_rules_source();
    group.throughput(Throughput::Elements(Rule::all().len().min(MOST_RULES) as u64));
    group.bench_function("rules of a company compiled", |bench| {
        bench.iter(|| CustomRules::compile(black_box(&[("more.toml", rules.clone())])).0.rules().len());
    });
}

/// As many rules as a company can have: of each built-in rule one that is like it, led to by the same letters the other way round.
fn more_rules_source() -> String {
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
    format!("provider = \"p\"\n{}", rules.collect::<String>())
}

/// The number of rules must hardly count: neither in source like any other, nor in source that is full of their words.
fn more_rules(c: &mut Criterion) {
    let (custom, refused) = CustomRules::compile(&[("more.toml", more_rules_source())]);
    assert!(refused.is_empty(), "{refused:?}");
    let (own, more) = (Rule::all().len(), custom.rules().len());
    let scanners = [
        (format!("the {own} built-in rules"), Scanner::new()),
        (format!("{} rules: {more} more, as many as can be", own + more), Scanner::with(custom, None)),
    ];
    for (group, text) in [
        ("more rules, in source", texts::plain_source()),
        ("more rules, in source that is full of patterns and words of keys", texts::source()),
    ] {
        let mut group = c.benchmark_group(group);
        group.throughput(Throughput::Bytes(text.len() as u64));
        for (name, scanner) in &scanners {
            group.bench_function(name, |bench| bench.iter(|| scanner.scan(black_box(&text), 0).findings.len()));
        }
    }
}

fn made_to_be_slow(c: &mut Criterion) {
    let mut group = c.benchmark_group("made to be slow");
    for (name, text) in texts::made_to_be_slow(MEBIBYTE) {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |bench, text| {
            bench.iter(|| Scanner::shared().scan(black_box(text), 0).findings.len());
        });
    }
}
