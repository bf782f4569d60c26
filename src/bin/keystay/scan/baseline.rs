//! Findings that are known and not to be reported again.
//!
//! A baseline holds no value, only salted hashes of rule, path and value, so it can be committed, and a key that moves to
//! another line of its file stays known. Whoever has both the baseline and a guess can check the guess; the value itself
//! stands in the file that the baseline is about.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::found::Found;

/// What tells one finding from another without holding it.
pub type Mark = [u8; 16];

/// What makes the marks of one baseline useless for another.
pub struct Salt(String);

impl Salt {
    /// A new one. It has to be different from others, not secret: it is written into the baseline.
    fn new() -> Self {
        Self(format!("{:032x}", fastrand::u128(..)))
    }

    /// The mark of these parts.
    pub fn mark(&self, parts: &[&str]) -> Mark {
        let mut hash = Sha256::new();
        for part in [self.0.as_str()].iter().chain(parts) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        std::array::from_fn(|at| digest[at])
    }
}

/// A mark as a text.
pub fn hex(mark: &Mark) -> String {
    mark.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Serialize, Deserialize)]
struct File {
    /// What this is, for who finds it.
    about: String,
    version: u32,
    salt: String,
    /// Path, then rule, then the marks. People read the first two in a review.
    findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

const ABOUT: &str = "Findings of `keystay scan` that are known. No secrets: salted hashes of rule, path and value.";
const VERSION: u32 = 1;

/// Marks of known findings.
pub struct Known(BTreeSet<String>);

impl Known {
    /// Whether a finding is among them.
    pub fn has(&self, found: &Found<'_>) -> bool {
        !self.0.is_empty() && self.0.contains(&hex(&found.mark))
    }
}

/// Reads a baseline; where there is none, nothing is known yet, and the salt is new.
pub fn read(path: Option<&Path>) -> io::Result<(Salt, Known)> {
    let nothing = || (Salt::new(), Known(BTreeSet::new()));
    let Some(path) = path else { return Ok(nothing()) };
    let wrong = |why: String| io::Error::other(format!("{}: {why}", path.display()));
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(nothing()),
        Err(error) => return Err(wrong(error.to_string())),
    };
    let file: File = serde_json::from_slice(&text)
        .map_err(|error| wrong(format!("this is no baseline ({error}); make one with --write-baseline")))?;
    if file.version != VERSION {
        return Err(wrong(format!("this keystay does not know baselines of version {}", file.version)));
    }
    let known = file.findings.into_values().flat_map(BTreeMap::into_values).flatten().collect();
    Ok((Salt(file.salt), Known(known)))
}

/// Writes findings as a baseline.
pub fn write(found: &[Found<'_>], salt: &Salt, path: &Path) -> io::Result<()> {
    let mut findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for one in found {
        let rules = findings.entry(one.place.name.to_string()).or_default();
        rules.entry(one.rule.id.to_string()).or_default().insert(hex(&one.mark));
    }
    let file = File { about: ABOUT.to_string(), version: VERSION, salt: salt.0.clone(), findings };
    let text = serde_json::to_string_pretty(&file).map_err(io::Error::other)?;
    std::fs::write(path, text + "\n").map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}
