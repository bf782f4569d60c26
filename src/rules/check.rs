//! What must be true of every rule, whether the build script reads it or a company brings it at run time.

use super::anatomy::{Anatomy, anatomy};
use super::kinds::Near;
use super::schema::Entry;
use super::words::SHORTEST;
use crate::proof::Proof;

/// What a rule's pattern says.
///
/// Fails with the reason, in words that tell the rule's author what to do.
pub fn check(entry: &Entry) -> Result<Anatomy, String> {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if entry.id.is_empty() || !entry.id.chars().all(kebab) {
        return Err("an id is made of a-z, 0-9 and -".into());
    }
    let mut anatomy = anatomy(&entry.pattern)?;
    if !entry.context.is_empty() {
        // With context words the words lead to the value; a literal of the pattern would only lead to it a second time.
        anatomy.literals.clear();
    } else if anatomy.literals.is_empty() && !entry.proof.is_some_and(Proof::finds_its_tokens) {
        return Err(format!(
            "the pattern has no literal of {SHORTEST} or more characters at a steady place; give context words"
        ));
    } else if entry.near != Near::Anywhere {
        return Err("near needs context words".into());
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || " ._:/-".contains(c);
    if entry.context.iter().any(|word| word.len() < SHORTEST || !word.chars().all(plain)) {
        return Err("context words have three or more of the characters a-z, 0-9, space and . _ : / -".into());
    }
    Ok(anatomy)
}
