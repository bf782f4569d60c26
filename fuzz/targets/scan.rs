//! Any text → an answer: without a panic, with findings in the order of the text and inside it, and without a secret in it.
#![no_main]

use keystay::judgement::judge;
use keystay::policy::{Destination, Settings};
use keystay::redact::Secret;
use keystay::scan::Scanner;
use libfuzzer_sys::fuzz_target;

/// Shorter values stand in words of the answer by chance.
const SHORTEST: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let scanner = Scanner::shared();
    let mut end = 0;
    let mut hidden = Vec::new();
    for finding in scanner.scan(&text, 0).findings {
        assert!(finding.span.start >= end && finding.span.end > finding.span.start, "findings overlap");
        assert!(finding.span.start <= finding.secret.start && finding.secret.end <= finding.span.end);
        end = finding.span.end;
        let own = finding.rule.public_prefix(&text[finding.secret.clone()]).len();
        hidden.push(text[finding.secret.start + own..finding.secret.end].to_string());
    }
    let destination = Destination::new("https://a.example", "https://a.example/");
    let answer = judge(scanner, &[Secret::new(text.clone())], &destination, &Settings::default(), 0);
    let units = text.encode_utf16().count();
    let mut end = 0;
    for replacement in answer.findings.iter().filter_map(|shown| shown.replacement.as_ref()) {
        assert!(replacement.start <= replacement.end && replacement.end <= units, "outside the text");
        assert!(replacement.start >= end, "replacements overlap");
        end = replacement.end;
    }
    let answer = serde_json::to_string(&answer).expect("an answer can be written");
    assert!(hidden.iter().all(|value| value.len() < SHORTEST || !answer.contains(value)), "a secret is in the answer");
});
