//! The table of rules, compiled from `src/rules/*.toml` by the build script.
//!
//! A provider exists in its file and nowhere else: the table, the shapes, the tripwire, the samples and the documentation all
//! come from there. A company's own rules have the same schema and are compiled at run time ([`CustomRules`]).

#[cfg(feature = "company")]
pub mod anatomy;
#[cfg(feature = "company")]
mod check;
mod codes;
// The build script's modules; here only their tests run, which do not read everything that the script reads.
#[cfg(all(feature = "sample", test))]
#[allow(dead_code)]
mod compile;
mod custom;
mod kinds;
#[cfg(all(feature = "sample", test))]
#[allow(dead_code)]
mod lower;
pub(crate) mod machine;
mod packed;
#[cfg(feature = "company")]
mod pattern;
#[cfg(feature = "company")]
mod schema;
pub(crate) mod steps;
pub(crate) mod words;

use std::borrow::Cow;
use std::ops::Range;

pub use custom::CustomRules;
#[cfg(feature = "company")]
pub use custom::{
    LONGEST_FIELD, LONGEST_FILE, LONGEST_PATTERN, MOST_LIST, MOST_RULES, MOST_STATES, MOST_STATES_IN_ALL, MOST_WORDS,
    Refused,
};
pub use kinds::{Confidence, Kind, Near, Severity, Topic};
#[cfg(feature = "company")]
pub use pattern::LONGEST_MATCH;
#[cfg(feature = "company")]
use pattern::Pattern;

use crate::proof::Proof;
use steps::Step;
use words::Word;

/// A text of a rule: a piece of the program's own table, or owned by a rule that was made at run time.
pub type Text = Cow<'static, str>;

/// A kind of token, and how to tell it.
pub struct Rule {
    /// Unique name in kebab case.
    pub id: Text,
    /// Plain words that fit "This looks like a …". Empty in a built-in rule without the feature `catalog`.
    pub name: Text,
    /// The provider as people call it; like `name`.
    pub provider: Text,
    /// Usual environment variable.
    pub env: Text,
    /// What the key can do.
    pub severity: Severity,
    /// Live, test, publishable or example.
    pub kind: Kind,
    /// What it opens.
    pub topic: Topic,
    /// How sure a bare match makes us.
    pub confidence: Confidence,
    /// Evidence in the token itself.
    pub proof: Option<Proof>,
    /// Words of which one must stand near, in lower case; none for a token with a literal of its own.
    pub context: Cow<'static, [Text]>,
    /// How near.
    pub near: Near,
    /// The only statement of the shape.
    #[cfg(feature = "sample")]
    pub pattern: Text,
    /// Texts in which `{}` becomes a sample that this rule must find.
    #[cfg(feature = "sample")]
    pub examples: Cow<'static, [Text]>,
    /// Texts in which this rule must find nothing.
    #[cfg(feature = "sample")]
    pub misses: Cow<'static, [Text]>,
    /// Page about this provider's keys, or empty; like `name`.
    pub docs: Text,
    /// Where to revoke, or empty; like `name`.
    pub revoke: Text,
    /// Host and path prefix of the pages where such a key belongs.
    pub sites: Cow<'static, [Text]>,
    /// Whether GitHub tells the provider about keys in public repositories.
    pub partner: bool,
    /// Whether the provider is known, and not only what kind of service it is: "an OAuth service".
    pub(crate) issuer: bool,
    /// In lower case; one of them stands in every match.
    pub(crate) literals: Cow<'static, [Text]>,
    /// Fewest and most bytes between the start of a match and its literal.
    pub(crate) offset: (usize, usize),
    /// Length of the literal that every match begins with.
    pub(crate) prefix: usize,
    /// ASCII set: characters of the class that a match begins with.
    pub(crate) head: u128,
    /// ASCII set: characters that would continue the token behind a match.
    pub(crate) tail: u128,
    /// Whether a match has no longest length.
    pub(crate) unbounded: bool,
    /// Ids of the rules of what belongs to this secret.
    pub beside: Cow<'static, [Text]>,
    /// The pattern, ready to run.
    pub(crate) shape: Shape,
    /// Which part of a match is secret, where the pattern says so.
    pub(crate) part: Option<Part>,
}

/// The secret part of a match: what comes before it, and what is over when it ends.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) before: &'static [Step],
    pub(crate) through: &'static [Step],
}

/// A pattern in the cheapest form that ends every match where a regular expression engine ends it.
pub(crate) enum Shape {
    /// Step by step.
    Steps(&'static [Step]),
    #[cfg(feature = "company")]
    /// By the `regex` crate: the pattern of a rule that came at run time.
    Pattern(Pattern),
}

/// Characters of a literal that nobody writes by chance.
const TELLING: usize = 8;

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rule").field(&self.id).finish()
    }
}

/// Ids are unique, so a rule is the same as its id.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Rule {
    /// All rules, in the order of their files' names.
    #[must_use]
    pub fn all() -> &'static [Rule] {
        packed::table().rules
    }

    /// The rule with this id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Rule> {
        Rule::all().iter().find(|rule| rule.id == id)
    }

    /// Whether the pattern alone says nothing, so that a context word must stand near.
    #[must_use]
    pub fn needs_context(&self) -> bool {
        !self.context.is_empty()
    }

    /// Whether the rule knows who issued the token, and not only what kind of service did: "an OAuth service".
    #[must_use]
    pub fn names_its_provider(&self) -> bool {
        self.issuer
    }

    /// Whether a token of this kind begins with its literal and carries a checksum, so that it can be told even in pieces.
    #[must_use]
    pub fn has_check_digits(&self) -> bool {
        !self.needs_context() && self.offset == (0, 0) && self.proof.is_some_and(Proof::is_strong_checksum)
    }

    /// Whether a match says what it is by a literal somewhere in it, such as a host name, that no random value and no other
    /// text holds.
    #[must_use]
    pub fn has_telling_literal(&self) -> bool {
        !self.literals.is_empty() && self.literals.iter().all(|literal| literal.len() >= TELLING)
    }

    /// The part of a token that the provider prints in its documentation: the literal that it begins with.
    #[must_use]
    pub fn public_prefix<'a>(&self, token: &'a str) -> &'a str {
        let matches =
            |literal: &&Text| token.get(..literal.len()).is_some_and(|start| start.eq_ignore_ascii_case(literal));
        let literal = self.literals.iter().filter(|_| self.prefix > 0).find(matches);
        literal.and_then(|literal| token.get(..literal.len())).unwrap_or_default()
    }

    /// Whether a match is more than its secret: the pattern or the proof says which part that is.
    pub(crate) fn names_its_secret(&self) -> bool {
        self.part.is_some() || self.proof.is_some_and(Proof::names_its_secret)
    }

    /// Whether the pattern has text of its own before the secret part.
    pub(crate) fn has_words_around(&self) -> bool {
        self.part.as_ref().is_some_and(|part| !part.before.is_empty())
    }

    /// The bytes of a token that must be hidden: what the pattern's group or the proof says, otherwise all of it.
    #[must_use]
    pub fn secret(&self, token: &str) -> Range<usize> {
        let of_proof = || self.proof.map_or(0..token.len(), |proof| proof.secret(token));
        let Some(part) = &self.part else { return of_proof() };
        let end = |steps| steps::end_of_match(steps, token.as_bytes(), 0);
        match (end(part.before), end(part.through)) {
            (Some(start), Some(end)) if token.get(start..end).is_some_and(|part| !part.is_empty()) => start..end,
            _ => of_proof(),
        }
    }

    /// A text in which this rule finds a token of its own: the token, or a line that gives it its context word.
    #[cfg(feature = "sample")]
    #[must_use]
    pub fn in_context(&self, token: &str) -> String {
        match (self.examples.first(), self.context.first()) {
            (Some(example), Some(_)) => example.replace("{}", token),
            (None, Some(word)) => format!("{word} = {token}"),
            (_, None) => token.to_string(),
        }
    }

    /// Makes a token that this rule finds, with a proof that holds.
    #[cfg(feature = "sample")]
    #[must_use]
    pub fn sample(&self, random: &mut fastrand::Rng) -> String {
        crate::sample::sample(&self.pattern, self.proof, random)
    }
}

/// All words that lead to built-in rules, in the order of the alphabet.
#[inline]
pub(crate) fn words() -> &'static [Word] {
    &packed::table().words
}
