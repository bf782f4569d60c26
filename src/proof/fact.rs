//! What a token says about itself, in a form that may be shown, logged and sent to a page's frame.
//!
//! A proof knows more than its [`Outcome`](super::Outcome): when a token ends, whose account it opens, whether a password
//! protects it. A person who reads that knows which key it is and how urgent it is to revoke it.
//!
//! Whoever made the token chose what stands in it, so none of it is believed to be harmless. Numbers are checked, kinds are
//! words of ours, and the few texts become a [`Name`]: plain ASCII, short, shown in full only where it is a host or a word
//! without digits. As the last step, [`kept_apart`] drops every fact whose text has something in common with the secret itself.

use std::fmt;

use serde::Serialize;

use super::date;

/// One thing that a token says about itself. `Display` is plain English that fits into a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "fact", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Fact {
    /// The checksum inside the token is right or wrong.
    Checksum {
        /// Whether it is right.
        holds: bool,
    },
    /// The token opens nothing any more.
    Expired {
        /// Seconds since 1970.
        at: u64,
    },
    /// The token will end.
    Expires {
        /// Seconds since 1970.
        at: u64,
    },
    /// What the token belongs to was made then.
    Created {
        /// Seconds since 1970.
        at: u64,
    },
    /// Who issued the token.
    Issuer {
        /// Host or name.
        name: Name,
    },
    /// What the token is meant to be shown to.
    Audience {
        /// Host or name.
        name: Name,
    },
    /// What the token allows, in the issuer's word.
    Role {
        /// Name of the role.
        name: Name,
    },
    /// The server on which the token is used.
    Host {
        /// Host.
        name: Name,
    },
    /// The name that logs in with it.
    User {
        /// Name.
        name: Name,
    },
    /// The organisation or team that the token belongs to.
    Organization {
        /// Its short name.
        name: Name,
    },
    /// The project that the key belongs to.
    Project {
        /// Its id.
        name: Name,
    },
    /// The account that the key belongs to, of which only the domain is told.
    Account {
        /// What stands behind the `@`.
        domain: Name,
    },
    /// The AWS account that the key belongs to.
    AwsAccount {
        /// Four digits, a mask, two digits: enough for an owner to know it, too little to find it.
        masked: String,
    },
    /// The service of the provider that the key is for.
    Service {
        /// The service as the provider calls it.
        name: &'static str,
    },
    /// A private key's kind and size.
    Key {
        /// Its algorithm.
        algorithm: &'static str,
        /// Its size, where that is not the same for all of its kind.
        bits: Option<u32>,
    },
    /// Whether a password protects a private key.
    Password {
        /// Whether it cannot be used without one.
        needed: bool,
    },
    /// The words of a wallet's recovery phrase.
    Words {
        /// How many.
        count: usize,
    },
    /// Nobody signed the token, so anybody could have made it.
    Unsigned,
    /// The token is meant to be public.
    Public,
    /// The token is printed in documentation.
    Documented,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Checksum { holds: true } => f.write_str("its checksum is right"),
            Fact::Checksum { holds: false } => f.write_str("its checksum is wrong"),
            Fact::Expired { at } => write!(f, "expired on {}", date::day(*at)),
            Fact::Expires { at } => write!(f, "expires on {}", date::day(*at)),
            Fact::Created { at } => write!(f, "made on {}", date::day(*at)),
            Fact::Issuer { name } => write!(f, "issued by {name}"),
            Fact::Audience { name } => write!(f, "meant for {name}"),
            Fact::Role { name } => write!(f, "has the role {name}"),
            Fact::Host { name } => write!(f, "used at {name}"),
            Fact::User { name } => write!(f, "logs in as {name}"),
            Fact::Organization { name } => write!(f, "belongs to the organization {name}"),
            Fact::Project { name } => write!(f, "belongs to the project {name}"),
            Fact::Account { domain } => write!(f, "belongs to an account at {domain}"),
            Fact::AwsAccount { masked } => write!(f, "belongs to the AWS account {masked}"),
            Fact::Service { name } => write!(f, "for {name}"),
            Fact::Key { algorithm, bits: Some(bits) } => write!(f, "{algorithm} key of {bits} bits"),
            Fact::Key { algorithm, bits: None } => write!(f, "{algorithm} key"),
            Fact::Password { needed: true } => f.write_str("protected by a password"),
            Fact::Password { needed: false } => f.write_str("not protected by a password"),
            Fact::Words { count } => write!(f, "{count} words"),
            Fact::Unsigned => f.write_str("not signed, so anybody could have made it"),
            Fact::Public => f.write_str("meant to be public"),
            Fact::Documented => f.write_str("printed in documentation"),
        }
    }
}

impl Fact {
    /// When a token ends, or ended; nothing for what is no date.
    pub(super) fn expiry(at: u64, now: u64) -> Option<Fact> {
        (at <= date::LAST).then_some(if now != 0 && at < now { Fact::Expired { at } } else { Fact::Expires { at } })
    }

    /// The account with that number of twelve digits.
    pub(super) fn aws_account(number: &str) -> Option<Fact> {
        let whole = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
        let masked = || Some(format!("{}••••••{}", number.get(..4)?, number.get(10..)?));
        whole.then(masked)?.map(|masked| Fact::AwsAccount { masked })
    }

    /// The text in it that came out of a token.
    fn text(&self) -> Option<&str> {
        match self {
            Fact::Issuer { name }
            | Fact::Audience { name }
            | Fact::Role { name }
            | Fact::Host { name }
            | Fact::User { name }
            | Fact::Organization { name }
            | Fact::Project { name }
            | Fact::Account { domain: name } => Some(&name.0),
            Fact::AwsAccount { masked } => Some(masked),
            _ => None,
        }
    }
}

/// A text out of a token that may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(String);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Characters of the longest name that is shown.
const LONGEST: usize = 64;
/// Characters of the longest word that is shown in full without being a host.
const LONGEST_WORD: usize = 32;
/// Characters of a name that may itself be a secret.
const SHOWN: usize = 4;

impl Name {
    /// A name as it may be shown. Of a URL only the host, of an address only its domain. Nothing for a text that has other
    /// characters than names have, such as line ends or the marks that change the direction of writing.
    pub(super) fn new(text: &str) -> Option<Name> {
        let authority =
            text.split_once("://").map_or(text, |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        let name = authority.rsplit_once('@').map_or(authority, |(_, domain)| domain);
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/' | b':');
        if name.is_empty() || name.len() > LONGEST || !name.bytes().all(is_part) {
            return None;
        }
        let is_word = name.len() <= LONGEST_WORD && !name.bytes().any(|byte| byte.is_ascii_digit());
        Some(if is_word || is_host(name) {
            Name(name.to_owned())
        } else {
            Name(format!("{}••••", name.get(..SHOWN)?))
        })
    }

    /// The id of a project at Google, which stands in the addresses of its pages: lower-case letters, digits and hyphens
    /// (<https://cloud.google.com/resource-manager/docs/creating-managing-projects>).
    pub(super) fn project(id: &str) -> Option<Name> {
        let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let right = (6..=30).contains(&id.len())
            && id.starts_with(|first: char| first.is_ascii_lowercase())
            && id.bytes().all(is_part);
        right.then(|| Name(id.to_owned()))
    }
}

/// Labels with dots between them, the last one of letters. A label that is long and has digits could be a key.
fn is_host(name: &str) -> bool {
    let (name, port) = name.split_once(':').unwrap_or((name, ""));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LONGEST_WORD
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.rsplit_once('.')
        .is_some_and(|(_, last)| last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && name.split('.').all(is_label)
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Characters in a row that a fact and the secret must not have in common.
const COMMON: usize = 6;

/// The facts that show nothing of the secret, whatever it holds.
pub(super) fn kept_apart(mut facts: Vec<Fact>, secret: &str) -> Vec<Fact> {
    let secret = secret.as_bytes();
    facts.retain(|fact| {
        let text = fact.text().unwrap_or_default().as_bytes();
        !text.windows(COMMON).any(|piece| secret.windows(COMMON).any(|other| other.eq_ignore_ascii_case(piece)))
    });
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Name::new(text).map(|name| name.to_string())
    }

    #[test]
    fn hosts_and_words_are_shown_and_what_could_be_a_secret_is_masked() {
        for (text, expected) in [
            ("https://accounts.example.com/path?x=1", Some("accounts.example.com")),
            ("https://login.example.com:8443", Some("login.example.com:8443")),
            ("robot@demo-1.iam.gserviceaccount.com", Some("demo-1.iam.gserviceaccount.com")),
            ("supabase", Some("supabase")),
            ("kubernetes/serviceaccount", Some("kubernetes/serviceaccount")),
            ("service_role", Some("service_role")),
            ("4f9a2c7d1b3e", Some("4f9a••••")),
            ("", None),
            ("a\nb", None),
            ("a b", None),
            ("\u{202e}moc.elpmaxe", None),
            ("ex\u{430}mple.com", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(shown(&"a".repeat(65)), None);
        assert_eq!(shown(&format!("{}.example.com", "a1".repeat(20))).as_deref(), Some("a1a1••••"));
    }

    #[test]
    fn an_account_is_masked_in_the_middle() {
        assert_eq!(Fact::aws_account("123456789012"), Some(Fact::AwsAccount { masked: "1234••••••12".into() }));
        assert_eq!(Fact::aws_account("12345678901"), None);
        assert_eq!(Fact::aws_account("12345678901\u{e9}"), None);
    }

    #[test]
    fn a_fact_with_a_piece_of_the_secret_is_dropped() {
        let facts = vec![
            Fact::Issuer { name: Name("x.abcdef.com".into()) },
            Fact::Issuer { name: Name("x.abcde.com".into()) },
            Fact::Public,
        ];
        assert_eq!(kept_apart(facts.clone(), "-ABCDEF-"), facts[1..]);
        assert_eq!(kept_apart(facts.clone(), ""), facts);
    }

    #[test]
    fn a_date_is_told_only_where_it_can_be_one() {
        assert_eq!(Fact::expiry(5, 0), Some(Fact::Expires { at: 5 }));
        assert_eq!(Fact::expiry(5, 5), Some(Fact::Expires { at: 5 }));
        assert_eq!(Fact::expiry(5, 6), Some(Fact::Expired { at: 5 }));
        assert_eq!(Fact::expiry(u64::MAX, 6), None);
    }

    #[test]
    fn facts_read_as_plain_english_and_serialise_under_their_names() {
        for (fact, english, json) in [
            (Fact::Checksum { holds: true }, "its checksum is right", r#"{"fact":"checksum","holds":true}"#),
            (Fact::Expired { at: 86_400 }, "expired on 1970-01-02", r#"{"fact":"expired","at":86400}"#),
            (
                Fact::Key { algorithm: "RSA", bits: Some(2048) },
                "RSA key of 2048 bits",
                r#"{"fact":"key","algorithm":"RSA","bits":2048}"#,
            ),
            (Fact::Password { needed: false }, "not protected by a password", r#"{"fact":"password","needed":false}"#),
            (Fact::Role { name: Name("anon".into()) }, "has the role anon", r#"{"fact":"role","name":"anon"}"#),
            (Fact::Unsigned, "not signed, so anybody could have made it", r#"{"fact":"unsigned"}"#),
        ] {
            assert_eq!(fact.to_string(), english);
            assert_eq!(serde_json::to_string(&fact).ok().as_deref(), Some(json));
        }
    }
}
