//! Proofs: evidence that a token carries in itself, without asking anybody.
//!
//! Most strings that look like keys in documentation, tests and blogs are invented, and most providers leave something in a
//! real key that an inventor does not compute: a checksum, a signature of the key's kind, parsed data. A proof recomputes it.
//! What a proof says decides how loud a finding is, and no word list or entropy test can overrule it: those tests hide real keys.
//!
//! A proof speaks only about the exact prefix and length for which it was verified. For any other it is [`Outcome::Silent`],
//! so that a provider who changes the format makes the scanner fall back to the shape, not to silence.
//!
//! Everything here is pure and total: any text of any length gets an answer in linear time. The build script includes this
//! module to complete the samples that it generates, which is why it depends on nothing else in the crate.
//!
//! Rejected: asking the provider whether a key is live. It would send the key away, which is what the crate exists to prevent.

use std::ops::Range;

// The build script, which includes this module too, needs no buffers, names or phrases.
#[allow(unused_imports)]
pub(crate) use decoded::Decoded;
#[allow(unused_imports)]
pub use fact::{Fact, Name};
#[allow(unused_imports)]
pub(crate) use mnemonic::find as find_phrases;
#[cfg(test)]
pub(crate) use mnemonic::is_listed as is_word_of_phrases;

mod age;
mod aws;
mod azure;
mod base32;
mod base58;
mod base64_json;
mod checksum;
mod colon;
mod crc32;
mod date;
mod decoded;
mod der;
mod discord;
mod fact;
mod gcp;
mod github;
mod header;
mod jwt;
mod luhn;
mod macaroon;
mod marvin;
mod mnemonic;
mod openssh;
mod pem;
mod pgp;
pub mod placeholder;
mod private_key;
mod random;
mod url;

/// What a proof says about a token, from the strongest evidence for a live secret to the strongest against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The checksum is right or a whole structure parses: near-certain.
    Holds,
    /// The structure decodes, but nothing in it is a checksum.
    Fits,
    /// Nothing to say: another length or prefix than the verified one, or a proof that can only raise confidence.
    Silent,
    /// A structure that nearly always holds does not: one level lower.
    Doubtful,
    /// A strong checksum is wrong, or data that must parse does not: a placeholder, a typo or something expired. Never a warning.
    Breaks,
}

macro_rules! proofs {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// A proof, as a rule names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Proof {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Proof {
            /// Every proof, in the order of their declaration.
            pub const ALL: &[Proof] = &[$(Proof::$variant),+];

            /// The name by which a rule file asks for this proof.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Proof::$variant => $name,)+
                }
            }

            /// What it looks at, in words for people.
            #[cfg(feature = "sample")]
            pub fn about(self) -> &'static str {
                match self {
                    $(Proof::$variant => concat!($($doc),+).trim().trim_end_matches('.'),)+
                }
            }
        }
    };
}

proofs! {
    /// CRC-32 as six base62 digits: GitHub's classic family, npm, Vercel.
    Crc32Base62 = "crc32-base62",
    /// SHA-256 as eight base32 digits inside GitHub's fine-grained token.
    GithubFineGrained = "github-fine-grained",
    /// GitHub's installation token of 2026: an app id and a JWT.
    GithubStateless = "github-stateless",
    /// CRC-32 as seven base36 digits at the end of GitLab's routable tokens.
    GitlabRoutable = "gitlab-routable",
    /// CRC-32 as hexadecimal after the `=` of Atlassian's `ATATT3` and Bitbucket's `ATCTT3` tokens.
    AtlassianCrc32 = "atlassian-crc32",
    /// CRC-32 as hexadecimal at the end of Bitbucket's `ATBB` app password.
    BitbucketAppPassword = "bitbucket-app-password",
    /// CRC-32 as hexadecimal at the end of Cloudflare's `cfk_`, `cfut_` and `cfat_` tokens.
    CloudflareCrc32 = "cloudflare-crc32",
    /// Little-endian CRC-32 as hexadecimal at the end of Grafana's `glsa_` tokens.
    GrafanaCrc32 = "grafana-crc32",
    /// CRC-32 as hexadecimal at the end of Zuplo's `zpka_` keys.
    ZuploCrc32 = "zuplo-crc32",
    /// Little-endian CRC-32 as base64 at the end of Confluent's `cflt` secrets.
    ConfluentCrc32 = "confluent-crc32",
    /// Marvin32 in the last bytes of Azure's identifiable keys.
    AzureIdentifiable = "azure-identifiable",
    /// Marvin32 at the end of Azure's common annotated keys. Raises confidence only.
    AzureCask = "azure-cask",
    /// Marvin32 at the end of Microsoft Entra client secrets. Raises confidence only.
    EntraSecret = "entra-secret",
    /// CRC-32 spread over Azure DevOps' older tokens. Raises confidence only.
    AzureDevopsLegacy = "azure-devops-legacy",
    /// CRC-16 at the end of NATS seeds. Raises confidence only.
    NatsSeed = "nats-seed",
    /// The double SHA-256 at the end of Bitcoin's private keys.
    BitcoinWif = "bitcoin-wif",
    /// The 54 bytes of Artifactory's older API keys.
    ArtifactoryKey = "artifactory-key",
    /// Numbers and colons at the beginning of Artifactory's reference tokens.
    ArtifactoryReference = "artifactory-reference",
    /// Digits and a colon at the beginning of Jira's and Confluence's own access tokens.
    AtlassianDataCenter = "atlassian-data-center",
    /// The checksum in the words of a wallet's recovery phrase.
    Bip39 = "bip39",
    /// The account number inside an AWS access key id.
    AwsAccount = "aws-account",
    /// The text inside an Amazon Bedrock API key.
    Bedrock = "bedrock",
    /// A JSON Web Token: header and payload are JSON, and it has not expired.
    Jwt = "jwt",
    /// A base64 JSON object behind a prefix: Sentry, Grafana Cloud, 1Password, Mapbox.
    Base64Json = "base64-json",
    /// PyPI's macaroon.
    PypiMacaroon = "pypi-macaroon",
    /// The account number and its date in the first part of a Discord bot token.
    DiscordSnowflake = "discord-snowflake",
    /// A private key in PEM, OpenSSH or OpenPGP armour.
    PrivateKey = "private-key",
    /// The private key inside a Google Cloud service account file.
    GcpServiceAccount = "gcp-service-account",
    /// The bech32 checksum of an age identity.
    AgeBech32 = "age-bech32",
    /// A URL with a password that is not a placeholder.
    UrlPassword = "url-password",
    /// An HTTP Basic header whose value decodes to a user and a password.
    BasicAuth = "basic-auth",
    /// The check digit of payment card numbers. It only tells what is none.
    Luhn = "luhn",
    /// An HTTP Bearer header whose value is not a placeholder.
    Bearer = "bearer",
}

impl Proof {
    /// The proof of that name, if there is one.
    pub fn named(name: &str) -> Option<Proof> {
        Proof::ALL.iter().copied().find(|proof| proof.name() == name)
    }

    /// Judges a token. `now` is the time in seconds since 1970, or 0 if it is not known; then nothing has expired.
    pub fn check(self, token: &str, now: u64) -> Outcome {
        if let Some(check_digits) = self.check_digits() {
            let broken = if self.only_raises() { Outcome::Silent } else { Outcome::Breaks };
            return match check_digits(token) {
                None => Outcome::Silent,
                Some(digits) if digits.stand_in(token) => Outcome::Holds,
                Some(_) => broken,
            };
        }
        match self {
            Proof::GithubStateless => github::check_stateless(token, now),
            Proof::AzureIdentifiable => azure::check_identifiable(token),
            Proof::AwsAccount => aws::check_account(token),
            Proof::Bedrock => aws::check_bedrock(token, now),
            Proof::Jwt => jwt::check(token, now),
            Proof::Base64Json => base64_json::check(token),
            Proof::PypiMacaroon => macaroon::check(token),
            Proof::DiscordSnowflake => discord::check(token, now),
            Proof::PrivateKey => private_key::check(token),
            Proof::GcpServiceAccount => gcp::check(token),
            Proof::AgeBech32 => age::check(token),
            Proof::BitcoinWif => base58::check_bitcoin(token),
            Proof::Bip39 => mnemonic::check(token),
            Proof::ArtifactoryKey => base58::check_artifactory(token),
            Proof::ArtifactoryReference => colon::check_reference(token),
            Proof::AtlassianDataCenter => colon::check_data_center(token),
            Proof::UrlPassword => url::check(token),
            Proof::BasicAuth => header::check_basic(token),
            Proof::Luhn => luhn::check(token),
            Proof::Bearer => header::check_bearer(token, now),
            // Answered above: these have check digits.
            Proof::Crc32Base62
            | Proof::GithubFineGrained
            | Proof::GitlabRoutable
            | Proof::AtlassianCrc32
            | Proof::BitbucketAppPassword
            | Proof::CloudflareCrc32
            | Proof::GrafanaCrc32
            | Proof::ZuploCrc32
            | Proof::ConfluentCrc32
            | Proof::AzureCask
            | Proof::EntraSecret
            | Proof::AzureDevopsLegacy
            | Proof::NatsSeed => Outcome::Silent,
        }
    }

    /// The bytes of the token that must not be shown: all of it, unless only a part is secret.
    pub fn secret(self, token: &str) -> Range<usize> {
        let part = match self {
            Proof::AzureIdentifiable => azure::secret(token),
            Proof::GcpServiceAccount => gcp::secret(token),
            Proof::UrlPassword => url::secret(token),
            Proof::BasicAuth | Proof::Bearer => header::secret(token),
            _ => None,
        };
        part.unwrap_or(0..token.len())
    }

    /// What the token at that place of a text says about itself: see [`Fact`]. Nothing in it shows anything of the secret.
    ///
    /// The text around the token is only asked where a file has more than one member. `now` is as for [`Proof::check`].
    pub fn tells(self, text: &str, at: Range<usize>, now: u64) -> Vec<Fact> {
        let Some(token) = text.get(at.clone()) else { return Vec::new() };
        let own = match self {
            Proof::GithubStateless => github::tells_stateless(token, now),
            Proof::AzureIdentifiable => azure::tells_service(token).into_iter().collect(),
            Proof::AwsAccount => aws::tells_account(token).into_iter().collect(),
            Proof::Bedrock => aws::tells_bedrock(token, now).into_iter().collect(),
            Proof::Jwt => jwt::tells(token, now),
            Proof::Bip39 => vec![Fact::Words { count: mnemonic::count(token) }],
            Proof::Bearer => header::tells_bearer(token, now),
            Proof::BasicAuth => header::tells_basic(token).into_iter().collect(),
            Proof::UrlPassword => url::tells(token),
            Proof::Base64Json => base64_json::tells(token),
            Proof::DiscordSnowflake => discord::tells(token, now).into_iter().collect(),
            Proof::PrivateKey => private_key::tells(token),
            Proof::GcpServiceAccount => [private_key::tells(token), gcp::tells(text, &at)].concat(),
            _ => Vec::new(),
        };
        let checksum = match self.check(token, now) {
            _ if !self.is_checksum() => None,
            Outcome::Holds => Some(Fact::Checksum { holds: true }),
            Outcome::Doubtful | Outcome::Breaks => Some(Fact::Checksum { holds: false }),
            Outcome::Fits | Outcome::Silent => None,
        };
        let facts = checksum.into_iter().chain(own).collect();
        fact::kept_apart(facts, token.get(self.secret(token)).unwrap_or(token))
    }

    /// Bytes before and behind a token that are asked about it.
    pub(crate) fn asks_around(self) -> usize {
        match self {
            Proof::GcpServiceAccount => gcp::REACH,
            _ => 0,
        }
    }

    /// Whether it can only speak against a token: it never holds.
    #[cfg(feature = "sample")]
    pub(crate) const fn never_holds(self) -> bool {
        matches!(self, Proof::AwsAccount | Proof::Luhn)
    }

    /// Whether only a part of the token is secret, and the proof knows which.
    pub(crate) fn names_its_secret(self) -> bool {
        matches!(
            self,
            Proof::AzureIdentifiable | Proof::GcpServiceAccount | Proof::UrlPassword | Proof::BasicAuth | Proof::Bearer
        )
    }

    /// Turns a text that has the shape of a token into one for which this proof holds, for samples in tests, demonstrations
    /// and lessons. A text that does not have the shape comes back as it is.
    pub fn complete(self, token: &str, random: &mut impl FnMut() -> u64) -> String {
        if let Some(completed) = self.with_check_digits(token) {
            return completed;
        }
        let completed = match self {
            Proof::GithubStateless => github::complete_stateless(token, random),
            Proof::AzureIdentifiable => azure::complete_identifiable(token),
            Proof::AwsAccount => aws::complete_account(token, random),
            Proof::Bedrock => aws::complete_bedrock(token, random),
            Proof::Jwt => jwt::complete(token, random),
            Proof::Base64Json => base64_json::complete(token, random),
            Proof::PypiMacaroon => macaroon::complete(token, random),
            Proof::DiscordSnowflake => discord::complete(token, random),
            Proof::PrivateKey => private_key::complete(token, private_key::NEWLINE, random),
            Proof::GcpServiceAccount => gcp::complete(token, random),
            Proof::AgeBech32 => age::complete(token, random),
            Proof::BitcoinWif => base58::complete_bitcoin(token, random),
            Proof::Bip39 => Some(mnemonic::complete(random)),
            Proof::ArtifactoryKey => base58::complete_artifactory(token),
            Proof::ArtifactoryReference => colon::complete_reference(token, random),
            Proof::AtlassianDataCenter => colon::complete_data_center(token, random),
            Proof::UrlPassword => url::complete(token, random),
            Proof::BasicAuth => header::complete_basic(token, random),
            Proof::Luhn => luhn::complete(token),
            Proof::Bearer => header::complete_bearer(token, random),
            _ => None,
        };
        completed.unwrap_or_else(|| token.to_owned())
    }

    /// The same, where the proof is a matter of check digits.
    pub(crate) fn with_check_digits(self, token: &str) -> Option<String> {
        let check_digits = self.check_digits()?;
        let token = if self == Proof::GitlabRoutable { crc32::with_gitlab_length(token) } else { token.to_owned() };
        Some(check_digits(&token).map_or_else(|| token.clone(), |digits| digits.put_into(&token)))
    }

    /// Where the proof is a matter of check digits: the function that says where they stand and what they ought to be.
    fn check_digits(self) -> Option<fn(&str) -> Option<checksum::Digits>> {
        Some(match self {
            Proof::Crc32Base62 => crc32::base62,
            Proof::GithubFineGrained => github::fine_grained,
            Proof::GitlabRoutable => crc32::gitlab,
            Proof::AtlassianCrc32 => crc32::atlassian,
            Proof::BitbucketAppPassword => crc32::bitbucket,
            Proof::CloudflareCrc32 => crc32::cloudflare,
            Proof::GrafanaCrc32 => crc32::grafana,
            Proof::ZuploCrc32 => crc32::zuplo,
            Proof::ConfluentCrc32 => crc32::confluent,
            Proof::AzureCask => azure::cask,
            Proof::EntraSecret => azure::entra,
            Proof::AzureDevopsLegacy => base32::azure_devops,
            Proof::NatsSeed => base32::nats,
            _ => return None,
        })
    }

    /// Whether the proof is a checksum at all.
    fn is_checksum(self) -> bool {
        self.check_digits().is_some()
            || matches!(self, Proof::AzureIdentifiable | Proof::AgeBech32 | Proof::BitcoinWif | Proof::Bip39)
    }

    /// Whether it ever says more than that a token fits.
    // The build script and the tripwire's generator do not ask.
    #[allow(dead_code)]
    pub(crate) fn can_hold(self) -> bool {
        self.is_checksum() || matches!(self, Proof::PrivateKey | Proof::GcpServiceAccount)
    }

    /// Whether the proof finds its tokens itself, since nothing in their shape leads to them.
    // The build script and the tripwire's generator ask; the extension's engine does not.
    #[allow(dead_code)]
    pub(crate) fn finds_its_tokens(self) -> bool {
        self == Proof::Bip39
    }

    /// Whether the proof is a checksum whose failure proves something.
    pub(crate) fn is_strong_checksum(self) -> bool {
        self.check_digits().is_some() && !self.only_raises()
    }

    /// Whether a failure proves nothing, because too few issued tokens have been seen to carry this checksum.
    fn only_raises(self) -> bool {
        matches!(self, Proof::AzureCask | Proof::EntraSecret | Proof::AzureDevopsLegacy | Proof::NatsSeed)
    }
}

/// The number of the AWS account that an access key id belongs to, as twelve digits. Nothing for a text that is not a key
/// id, or whose number no account can have.
pub fn account(token: &str) -> Option<String> {
    aws::account(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_unique_and_found_again() {
        for proof in Proof::ALL {
            let name = proof.name();
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
            assert_eq!(Proof::named(name), Some(*proof), "{name}");
        }
        assert_eq!(Proof::named("no-such-proof"), None);
    }

    #[test]
    fn every_proof_answers_to_any_text() {
        let long = "eyJ.-----BEGIN PRIVATE KEY-----\u{e9}_".repeat(5_000);
        let odd = [
            "",
            "_",
            ".",
            "=",
            ":",
            "://",
            "://:@",
            "ghp_",
            "\u{1f511}",
            "gl\u{e9}pat-.01.",
            "\u{0}",
            " ",
            "-----BEGIN",
            &long,
        ];
        let mut random = random::fixed(7);
        for proof in Proof::ALL {
            for text in odd {
                proof.check(text, 0);
                proof.check(text, u64::MAX);
                let secret = proof.secret(text);
                assert!(text.get(secret).is_some(), "{} cuts a character", proof.name());
                proof.complete(text, &mut random);
            }
        }
    }
}
