//! One finding a place: where findings overlap, the surest one stays.

use super::Finding;
use crate::proof::Outcome;
use crate::rules::Confidence;

/// Keeps the surest of overlapping findings, in the order of the text. Among equally sure ones the longer wins, so that the
/// mask covers everything, then the one that names a provider, and then the more dangerous.
///
/// A token whose proof is broken is surely a placeholder or a typo. That is said with more certainty than anything a rule
/// without a shape of its own can say about the same characters, such as "this stands behind the word Bearer".
pub fn surest(mut found: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    let sure = |finding: &Finding<'_>| match finding.outcome {
        Outcome::Breaks => (Confidence::Medium, true),
        _ => (finding.confidence, false),
    };
    found.sort_by(|a, b| {
        (sure(b), b.span.len(), b.rule.names_its_provider(), b.rule.severity)
            .cmp(&(sure(a), a.span.len(), a.rule.names_its_provider(), a.rule.severity))
            .then(a.span.start.cmp(&b.span.start))
            .then(a.rule.id.cmp(&b.rule.id))
    });
    let mut taken: std::collections::BTreeMap<usize, Finding<'_>> = std::collections::BTreeMap::new();
    for finding in found {
        // Findings that are kept do not overlap, so only the neighbours on both sides can be in the way.
        let before = taken.range(..finding.span.end).next_back();
        if before.is_none_or(|(_, other)| other.span.end <= finding.span.start) {
            taken.insert(finding.span.start, finding);
        }
    }
    taken.into_values().collect()
}
