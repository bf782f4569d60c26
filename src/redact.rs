//! What may be shown of a secret: the part that the provider prints in its documentation, and a mask.
//!
//! The mask has the same length for every secret, so that it does not tell the length, and ends with two characters, by which
//! a person tells one of their keys from another. Nothing else of a secret leaves the engine: [`Secret`] has no `Debug`,
//! `Display` or `Serialize`, and is wiped when it is dropped.

use zeroize::Zeroizing;

use crate::rules::Rule;

/// Characters at the end of a secret that may be shown. With two of 62 possibilities each it still says 1 of 3844.
const SHOWN_AT_END: usize = 2;
/// Shorter secrets show nothing of their end.
const SHORTEST_WITH_END: usize = 16;
const MASK: &str = "••••••••";

/// A text that may hold a secret. It can be read, but not printed, and its memory is wiped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for as long as it is looked at.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The form of a secret that may be shown and logged.
#[must_use]
pub fn masked(rule: &Rule, secret: &str) -> String {
    let prefix = rule.public_prefix(secret);
    let rest: Vec<char> = secret.get(prefix.len()..).unwrap_or_default().chars().collect();
    let end: String = match rest.len() >= SHORTEST_WITH_END
        && rest.iter().rev().take(SHOWN_AT_END).all(char::is_ascii_alphanumeric)
    {
        true => rest[rest.len() - SHOWN_AT_END..].iter().collect(),
        false => String::new(),
    };
    format!("{prefix}{MASK}{end}")
}
