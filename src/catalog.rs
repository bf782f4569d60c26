//! The rules as a person may read them: what there is to find, how it is told, and where a key of each kind is revoked.
//!
//! The extension's module does not hold them. The build writes them to a file of the extension (`keystay catalog`), because
//! every start of the background would pay for words that only a finding and the extension's pages need.

use serde::Serialize;

use crate::rules::{Confidence, Kind, Rule, Severity, Text};

/// A kind of token, in words for a page to show.
#[derive(Debug, Serialize)]
pub struct Entry<'r> {
    /// Rule id.
    pub id: &'r str,
    /// Plain words.
    pub name: &'r str,
    /// The provider.
    pub provider: &'r str,
    /// `live`, `test`, `publishable` or `example`.
    pub kind: &'static str,
    /// `low`, `medium`, `high` or `critical`.
    pub severity: &'static str,
    /// `likely`, `possible` or `doubtful`: what a bare match is called.
    pub certainty: &'static str,
    /// Whether a token can prove itself.
    pub proof: bool,
    /// Words of which one must stand near; none for a token with a shape of its own.
    pub words: &'r [Text],
    /// Usual environment variable.
    pub variable: &'r str,
    /// Page about the provider's keys, or empty.
    pub docs: &'r str,
    /// Where to revoke: an address, or the way to it in words; or empty.
    pub revoke: &'r str,
    /// Whether GitHub tells the provider about keys in public repositories.
    pub partner: bool,
}

/// All rules, in the order of the table.
#[must_use]
pub fn catalog() -> Vec<Entry<'static>> {
    Rule::all().iter().map(entry).collect()
}

/// One rule, built in or made at run time.
#[must_use]
pub fn entry(rule: &Rule) -> Entry<'_> {
    Entry {
        id: &rule.id,
        name: &rule.name,
        provider: &rule.provider,
        kind: match rule.kind {
            Kind::Live => "live",
            Kind::Test => "test",
            Kind::Publishable => "publishable",
            Kind::Example => "example",
        },
        severity: match rule.severity {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        },
        certainty: match rule.confidence {
            Confidence::High | Confidence::Certain => "likely",
            Confidence::Medium => "possible",
            Confidence::Low => "doubtful",
        },
        proof: rule.proof.is_some(),
        words: &rule.context,
        variable: &rule.env,
        docs: &rule.docs,
        revoke: &rule.revoke,
        partner: rule.partner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_listed_once_with_a_name_and_a_provider() {
        let entries = catalog();
        assert_eq!(entries.len(), Rule::all().len());
        assert!(entries.iter().all(|entry| !entry.name.is_empty() && !entry.provider.is_empty()));
    }
}
