//! One JSON object for a scan, for scripts.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{with_fingerprints, word};
use crate::scan::found::{Found, Seen};

/// Writes everything that was seen.
pub fn write(seen: &Seen<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<Value> =
        with_fingerprints(&seen.found).map(|(found, fingerprint)| finding(found, &fingerprint)).collect();
    let notices = |failed: bool| -> Vec<Value> {
        let notices = seen.notices.iter().filter(|notice| notice.failed == failed);
        notices.map(|notice| json!({ "path": notice.name, "why": notice.why })).collect()
    };
    let report = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "findings": findings,
        "partlyScanned": notices(false),
        "notScanned": notices(true),
        "scanned": { "texts": seen.texts, "bytes": seen.bytes },
        "skipped": { "binary": seen.binary, "tooLarge": seen.too_large },
        "notShown": { "quieter": seen.quiet, "allowed": seen.allowed },
    });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn finding(found: &Found<'_>, fingerprint: &str) -> Value {
    let (rule, place) = (found.rule, &found.place);
    let mut value = json!({
        "rule": rule.id,
        "name": rule.name,
        "provider": rule.provider,
        "level": word(found.level),
        "severity": word(rule.severity),
        "kind": word(rule.kind),
        "confidence": word(found.confidence),
        "proof": word(found.outcome),
        "path": place.name.path.as_ref(),
        "line": place.start.line,
        "column": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "masked": found.masked,
        "facts": found.facts,
        "beside": found.beside.iter().map(|(name, masked)| json!({ "name": name, "masked": masked })).collect::<Vec<_>>(),
        "fingerprint": fingerprint,
        "environment": rule.env,
        "revoke": rule.revoke,
    });
    if let Some(inside) = &place.name.inside {
        value["inside"] = json!(inside.as_ref());
    }
    if let Some(cell) = place.cell {
        value["cell"] = json!({ "number": cell.number, "line": cell.line });
    }
    if let Some(commit) = &place.name.commit {
        value["commit"] = json!({ "id": commit.id, "author": commit.author, "date": commit.date });
    }
    if let Some(secret) = &found.secret {
        value["secret"] = json!(secret);
    }
    value
}
