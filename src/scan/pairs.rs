//! Secrets of two parts: an id, which names the account, and the secret that belongs to it.
//!
//! Somebody who pastes both has pasted one thing, and is told of one thing: the secret, with the id beside it and what the id
//! says, such as the account's number. Which rules belong together is said in the rule files (`beside`). A secret whose id stands near is surer than one alone.

use super::{Beside, Finding};
use crate::rules::Confidence;

/// Bytes between two parts of one secret, at most: a few lines of a configuration file.
const FARTHEST: usize = 256;
/// Findings on each side that are looked at.
const NEIGHBOURS: usize = 4;

/// Puts ids to their secrets. The findings are in the order of the text and stay in it.
pub fn joined(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    let mut taken = vec![false; findings.len()];
    for secret in 0..findings.len() {
        for id in &*findings[secret].rule.beside {
            let before = (secret.saturating_sub(NEIGHBOURS)..secret).rev();
            let after = secret + 1..findings.len().min(secret + 1 + NEIGHBOURS);
            let near = before.chain(after).filter(|&other| gap(&findings[secret], &findings[other]) <= FARTHEST);
            let mut near = near.filter(|&other| findings[other].rule.id == *id);
            let Some(other) = near.next() else { continue };
            taken[other] = true;
            let part = Beside { rule: findings[other].rule, span: findings[other].span.clone() };
            findings[secret].beside.push(part);
            let told = findings[other].facts.clone();
            findings[secret].facts.extend(told);
            findings[secret].confidence = findings[secret].confidence.max(Confidence::High);
        }
    }
    let mut taken = taken.into_iter();
    findings.retain(|_| !taken.next().unwrap_or_default());
    findings
}

fn gap(a: &Finding<'_>, b: &Finding<'_>) -> usize {
    b.span.start.saturating_sub(a.span.end) + a.span.start.saturating_sub(b.span.end)
}
