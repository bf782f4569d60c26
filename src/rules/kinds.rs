//! The properties of a rule that are a choice of a few.

use serde::{Deserialize, Serialize};

/// What a key can do in the wrong hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Test mode, expired.
    Low,
    /// Read only, webhook, narrow scope.
    Medium,
    /// An account's AI models, messages, one database.
    High,
    /// Cloud root, live payments, private keys, write access to code.
    Critical,
}

/// Which of the provider's worlds a key opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The real one.
    #[default]
    Live,
    /// A sandbox.
    Test,
    /// Meant to be public.
    Publishable,
    /// Printed in documentation.
    Example,
}

/// What kind of thing a key opens: chooses the words about what somebody could do with it and how to keep it right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Whatever is none of the others.
    #[default]
    Service,
    /// Machines, storage, networks.
    Cloud,
    /// Money.
    Payment,
    /// Source code, builds and packages.
    Code,
    /// Models that are paid by use.
    Ai,
    /// Mail, chat, text messages.
    Messaging,
    /// Stored data.
    Database,
    /// Logins of people and applications.
    Identity,
    /// A key pair's secret half.
    PrivateKey,
    /// A password of a server or an account.
    Password,
    /// Cryptographic money.
    Wallet,
    /// A store of other secrets.
    Vault,
}

/// How a context word must stand to the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Near {
    /// Within reach on either side.
    #[default]
    Anywhere,
    /// As the name that the value is assigned to.
    Assignment,
    /// As that name, or on either side together with a word for a credential: "my … key is", a header, a query parameter.
    Credential,
}

/// How sure we are that a match is what its rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A generic shape, a broken proof: worth a note.
    Low,
    /// A context word beside a random value.
    Medium,
    /// A prefix of the provider's own and the exact shape.
    High,
    /// A proof in the token itself holds. No rule file can claim it.
    #[serde(skip)]
    Certain,
}
