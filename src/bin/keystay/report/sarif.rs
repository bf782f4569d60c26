//! SARIF 2.1.0, for code scanning.
//!
//! Written with `serde_json` alone: of the format's hundreds of types this needs a dozen, and the crates that have all of them
//! take longer to build than everything here.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;
use std::io::{self, Write};

use keystay::rules::{Rule, Severity};
use serde_json::{Value, json};

use super::{advice, facts, sureness, with_fingerprints, word};
use crate::arguments::Level;
use crate::scan::found::{Found, Seen};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes everything that was seen, and the rules of what was found.
pub fn write(seen: &Seen<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, &Rule> = BTreeMap::new();
    seen.found.iter().for_each(|found| {
        rules.insert(&found.rule.id, found.rule);
    });
    let index = |id: &str| rules.keys().position(|known| *known == id);
    let results: Vec<Value> = with_fingerprints(&seen.found)
        .map(|(found, fingerprint)| result(found, index(&found.rule.id), &fingerprint))
        .collect();
    let notifications: Vec<Value> = seen
        .notices
        .iter()
        .map(|notice| {
            let (level, what) =
                if notice.failed { ("error", "not scanned") } else { ("warning", "only partly scanned") };
            json!({ "level": level, "message": { "text": format!("{}: {what}: {}", notice.name, notice.why) } })
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "keystay",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "invocations": [{
                "executionSuccessful": !seen.notices.iter().any(|notice| notice.failed),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Value {
    let help = advice(rule);
    let mut value = json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": { "text": rule.name },
        "fullDescription": { "text": format!("A secret of {}: {}.", rule.provider, rule.name) },
        "help": { "text": help, "markdown": help },
        "defaultConfiguration": { "level": "error" },
        "properties": {
            "tags": ["security", "secret"],
            // The scale of GitHub's code scanning.
            "security-severity": match rule.severity {
                Severity::Low => "3.0",
                Severity::Medium => "5.0",
                Severity::High => "8.0",
                Severity::Critical => "9.5",
            },
        },
    });
    let page = [&rule.docs, &rule.revoke].into_iter().find(|page| page.starts_with("https://"));
    if let Some(page) = page {
        value["helpUri"] = json!(page);
    }
    value
}

fn result(found: &Found<'_>, index: Option<usize>, fingerprint: &str) -> Value {
    let (rule, place) = (found.rule, &found.place);
    let shown = found.secret.as_ref().unwrap_or(&found.masked);
    let mut message = format!("{} ({}{}): {shown}", rule.name, sureness(found), facts(found));
    let mut physical = json!({
        "artifactLocation": { "uri": uri(&place.name.path) },
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    });
    let mut logical = Vec::new();
    if let Some(inside) = &place.name.inside {
        // Lines in an archive mean nothing in the file, but code scanning wants one.
        physical["region"] = json!({ "startLine": 1 });
        message += &format!(", in {inside}, line {}", place.start.line);
        logical.push(json!({ "fullyQualifiedName": place.name.to_string(), "kind": "resource" }));
    }
    if let Some(cell) = place.cell {
        message += &format!(", in cell {}, line {}", cell.number, cell.line);
    }
    if let Some(commit) = &place.name.commit {
        message += &format!(", added by commit {}", commit.id);
    }
    let mut location = json!({ "physicalLocation": physical });
    if !logical.is_empty() {
        location["logicalLocations"] = json!(logical);
    }
    json!({
        "ruleId": rule.id,
        "ruleIndex": index,
        "level": match found.level {
            Level::Warn => "error",
            Level::Note | Level::All => "note",
        },
        "message": { "text": message },
        "locations": [location],
        "partialFingerprints": { "keystay/v1": fingerprint },
        "properties": { "confidence": word(found.confidence), "proof": word(found.outcome), "kind": word(rule.kind) },
    })
}

/// A path as a relative reference, or as a file URI when it is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
