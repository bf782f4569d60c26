//! `keystay scan --rows`: the engine's bare answer to each of many texts, for the tests of the tripwire.

use std::io::{self, BufRead, Write};

use keystay::policy::{self, Destination, Settings};
use keystay::scan::{Finding, Scanner};

/// Answers each JSON line of standard input with a JSON array of findings.
pub fn scan(scanner: &Scanner, out: &mut impl Write) -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?).map_err(io::Error::other)?;
        let text = row["text"].as_str().ok_or_else(|| io::Error::other("a row has no string in its field text"))?;
        let scan = scanner.scan(text, crate::now());
        let findings: Vec<_> = scan.findings.iter().map(row_of).collect();
        writeln!(out, "{}", serde_json::Value::Array(findings))?;
    }
    Ok(())
}

fn row_of(finding: &Finding) -> serde_json::Value {
    serde_json::json!({
        "rule": finding.rule.id,
        "start": finding.span.start,
        "end": finding.span.end,
        "secret": [finding.secret.start, finding.secret.end],
        "confidence": format!("{:?}", finding.confidence).to_lowercase(),
        "proof": format!("{:?}", finding.outcome).to_lowercase(),
        "verdict": format!("{:?}", policy::judge(finding, &Destination::default(), &Settings::default())).to_lowercase(),
    })
}
