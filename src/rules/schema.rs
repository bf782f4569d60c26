//! What a rule file says: the fields of `src/rules/*.toml`, and the checks that need nothing but the file itself.
//!
//! The build script includes this module to read the files, so it depends on nothing else in the crate but proofs. A company's
//! own files (`src/rules/custom.rs`) are read by it too.

use serde::Deserialize;

use super::kinds::{Confidence, Kind, Near, Severity, Topic};
use crate::proof::Proof;

/// One file: a provider and the kinds of token it issues.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The provider as people call it.
    pub provider: String,
    /// What the provider's keys open.
    #[serde(default)]
    pub topic: Topic,
    /// Page about this provider's keys.
    #[serde(default)]
    pub docs: String,
    /// Where a key is revoked: a page, or the path to click in words.
    #[serde(default)]
    pub revoke: String,
    /// Host and path prefix of the pages where such a key belongs.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Whether GitHub tells the provider about keys in public repositories.
    #[serde(default)]
    pub partner: bool,
    /// The kinds of token. Rules that come at run time are read one by one instead.
    #[allow(dead_code)]
    pub rule: Vec<Entry>,
}

impl File {
    /// What a key of this file opens.
    pub fn topic(&self, entry: &Entry) -> Topic {
        entry.topic.unwrap_or(self.topic)
    }

    /// Whether the provider is known, and not only what kind of service it is: "an OAuth service".
    pub fn names_its_provider(&self) -> bool {
        !self.provider.starts_with("a ") && !self.provider.starts_with("an ")
    }
}

/// One `[[rule]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Unique over all files, in kebab case.
    pub id: String,
    /// Plain words that fit "This looks like a …".
    pub name: String,
    /// Usual environment variable.
    pub env: String,
    /// What the key can do.
    pub severity: Severity,
    /// Where this key opens something else than the provider's others.
    #[serde(default)]
    pub topic: Option<Topic>,
    /// Live unless the file says otherwise.
    #[serde(default)]
    pub kind: Kind,
    /// The only statement of the token's shape. A group in it is the secret part; without one all of it is secret.
    pub pattern: String,
    /// Evidence in the token itself.
    #[serde(default, deserialize_with = "proof")]
    pub proof: Option<Proof>,
    /// Words of which one must stand near the token.
    #[serde(default)]
    pub context: Vec<String>,
    /// How near means.
    #[serde(default)]
    pub near: Near,
    /// Rules of what belongs to this secret and stands beside it, such as the id of a pair of id and secret.
    #[serde(default)]
    pub beside: Vec<String>,
    /// How sure a bare match makes us; by default high with a literal of its own and medium with context words.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Texts in which `{}` becomes a sample that this rule must find. The build tries them.
    #[serde(default)]
    #[allow(dead_code)]
    pub examples: Vec<String>,
    /// Texts in which this rule must find nothing. The build tries them.
    #[serde(default)]
    #[allow(dead_code)]
    pub misses: Vec<String>,
}

fn proof<'de, D: serde::Deserializer<'de>>(field: D) -> Result<Option<Proof>, D::Error> {
    let name = String::deserialize(field)?;
    Proof::named(&name).map(Some).ok_or_else(|| {
        let known: Vec<_> = Proof::ALL.iter().map(|proof| proof.name()).collect();
        serde::de::Error::custom(format!("there is no proof `{name}`; there are: {}", known.join(", ")))
    })
}
