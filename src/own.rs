//! Own secrets: values of no known shape that a person or a company registered, found by their fingerprints.
//!
//! Only fingerprints are kept. [`OwnSecrets::to_json`] writes, for each value, its label (the name of its environment variable,
//! **in clear**), its length, the place of a window of [`WINDOW`] bytes in it, [`FILTER_BITS`] bits of a rolling hash of that
//! window, and half of a SHA-256 over a random salt and the value. Texts are searched in one pass: a rolling hash of every
//! window, and where its few bits agree with those of a value, the strong hash of as many bytes as the value has decides.
//!
//! # Who steals the fingerprints
//!
//! can guess values and try them. What stops that is that there are too many to guess, and nothing else:
//!
//! - **A slow hash would not help.** Each place of a text is a guess too, so a search in a megabyte costs a million guesses for
//!   each length. A guess that costs a thief a millisecond costs every megabyte that is pasted twenty minutes.
//! - **A short filter is cheap to search by and tells little.** Whoever inverts the rolling hash is spared 2^[`FILTER_BITS`]
//!   guesses. Twelve bits are the compromise: one place in 4096 is hashed in vain for each value.
//! - So a value is only taken when [`LEAST_BITS`] bits of it or more look random. Without the filter's twelve those are 2^64
//!   guesses, sixty years at ten thousand million a second. What is shorter, or made of words, is refused, and the reason says
//!   what would do. Each other way of writing the same value has a filter of its own and asks for as many bits more.
//!
//! # What is registered of a value
//!
//! Of an address with a password the password, of several lines the line that looks most random, of anything else the whole.
//! That part is found wherever it stands: in a connection string, in a sentence, inside a longer run. It is also registered as
//! JSON and HTML write it, where that differs; other escapes, base64 and hexadecimal are undone by the same views of a text
//! that rules are looked up in (`src/scan/view.rs`).

mod env;
mod guess;

use std::fmt;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::context::Look;
use crate::proof::Proof;
use crate::rules::{Confidence, Kind, Near, Rule, Severity, Shape, Topic};
use crate::scan::{STEPS_A_MATCH, Work};

/// Id of the rule that a found value's finding names, for settings.
pub const ID: &str = "own-secret";
/// Bytes of salt, random for each store.
pub const SALT: usize = 32;
/// Bytes of a value over which the rolling hash goes.
pub const WINDOW: usize = 12;
/// Bits of the rolling hash that are kept.
pub const FILTER_BITS: u32 = 12;
/// A value must have this many bits that cannot be guessed.
pub const LEAST_BITS: usize = 76;
/// Bytes of the longest value: confirming one costs its length.
pub const LONGEST_VALUE: usize = 512;
/// Values in one store. With so many, one place of a text in eight is hashed in vain.
pub const MOST_SECRETS: usize = 500;
/// Bytes of a label. It is shown in a warning.
pub const LONGEST_LABEL: usize = 100;
/// Bytes of the strong hash that are kept.
const HASH: usize = 16;
const VERSION: u32 = 1;

/// Why a value is not registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It stands for a secret and is none.
    Placeholder,
    /// Too little of it is random.
    Guessable,
    /// It is longer than [`LONGEST_VALUE`].
    TooLong,
    /// It is registered already.
    Known,
    /// There are [`MOST_SECRETS`].
    Full,
    /// The label is empty, too long, or more than one line.
    Label,
}

impl Reason {
    /// One word, by which a page finds its own sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Placeholder => "placeholder",
            Self::Guessable => "guessable",
            Self::TooLong => "long",
            Self::Known => "known",
            Self::Full => "full",
            Self::Label => "label",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Placeholder => f.write_str("it is a placeholder, not a secret"),
            Self::Guessable => f.write_str(
                "it could be guessed from its fingerprint: a value that can be registered looks random and has 13 or more letters and digits of \
                 both cases, or 19 or more hexadecimal digits. Let a password manager make a longer one",
            ),
            Self::TooLong => write!(f, "it is longer than {LONGEST_VALUE} bytes"),
            Self::Known => f.write_str("it is registered already"),
            Self::Full => write!(f, "there are {MOST_SECRETS} already; remove some"),
            Self::Label => write!(f, "its label must be one line of 1 to {LONGEST_LABEL} bytes"),
        }
    }
}

/// A value that was not registered: its label and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unregistered {
    /// Its name.
    pub label: String,
    /// Why.
    pub reason: Reason,
}

/// A registered value, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Registered<'a> {
    /// By which it can be removed: 16 hexadecimal digits of its fingerprint.
    pub id: String,
    /// Its name.
    pub label: &'a str,
    /// Its length in bytes.
    pub length: usize,
}

/// Fingerprints of values, and the salt that they were made with.
pub struct OwnSecrets {
    salt: [u8; SALT],
    secrets: Vec<Secret>,
    search: Search,
}

struct Secret {
    /// What a finding names: the label is its variable, and stands in its name.
    rule: Rule,
    /// Of the value, and of its other ways of writing.
    prints: Vec<Print>,
    /// UTF-16 units of its longest stretch without white space, for the tripwire.
    run: usize,
}

#[derive(Clone, PartialEq, Eq)]
struct Print {
    length: usize,
    /// Where in the value the window begins.
    at: usize,
    filter: u16,
    hash: [u8; HASH],
}

impl OwnSecrets {
    /// An empty store. The salt must be random and is the store's own.
    #[must_use]
    pub fn new(salt: [u8; SALT]) -> Self {
        Self { salt, secrets: Vec::new(), search: Search::new(&salt, &[]) }
    }

    /// A store of the values in a text of the form of a `.env` file, with what was not taken.
    #[must_use]
    pub fn from_env(text: &str, salt: [u8; SALT]) -> (Self, Vec<Unregistered>) {
        let mut own = Self::new(salt);
        let refused = own.add_env(text);
        (own, refused)
    }

    /// Registers the values in a text of the form of a `.env` file, and says which were not taken. Values that are empty, or
    /// only name another variable, are passed over.
    pub fn add_env(&mut self, text: &str) -> Vec<Unregistered> {
        let mut refused = Vec::new();
        for (label, value) in env::assignments(text) {
            if let Err(reason) = self.insert(label, &value) {
                refused.push(Unregistered { label: label.to_string(), reason });
            }
        }
        self.search = Search::new(&self.salt, &self.secrets);
        refused
    }

    /// Registers a value.
    ///
    /// # Errors
    /// When it must not or cannot be registered.
    pub fn add(&mut self, label: &str, value: &str) -> Result<(), Reason> {
        self.insert(label, value)?;
        self.search = Search::new(&self.salt, &self.secrets);
        Ok(())
    }

    fn insert(&mut self, label: &str, value: &str) -> Result<(), Reason> {
        if !is_label(label) {
            return Err(Reason::Label);
        }
        if self.secrets.len() == MOST_SECRETS {
            return Err(Reason::Full);
        }
        let value = core(value);
        if matches!(guess::look(value), Look::Placeholder | Look::Typed) {
            return Err(Reason::Placeholder);
        }
        let mut forms = vec![Zeroizing::new(value.to_string())];
        for form in [as_json(value), as_html(value)] {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        // Each form has a filter of its own, by which fewer guesses are left.
        let needed = LEAST_BITS + (forms.len() - 1) * FILTER_BITS as usize;
        if value.len() < WINDOW || guess::bits(value) < needed {
            return Err(Reason::Guessable);
        }
        if forms.iter().any(|form| form.len() > LONGEST_VALUE) {
            return Err(Reason::TooLong);
        }
        let prints: Vec<Print> = forms.iter().map(|form| self.print(form.as_bytes())).collect();
        if self.secrets.iter().any(|secret| secret.prints[0] == prints[0]) {
            return Err(Reason::Known);
        }
        let run = value.split(char::is_whitespace).map(|part| part.encode_utf16().count()).max().unwrap_or(0);
        self.secrets.push(Secret { rule: rule(label), prints, run });
        Ok(())
    }

    fn print(&self, value: &[u8]) -> Print {
        let at = guess::best_window(value, WINDOW);
        let filter = filter(value[at..at + WINDOW].iter().fold(0, |hash, &byte| roll(hash, base(&self.salt), byte)));
        Print { length: value.len(), at, filter, hash: strong(&self.salt, value) }
    }

    /// What is registered, by fingerprint and label.
    #[must_use]
    pub fn list(&self) -> Vec<Registered<'_>> {
        let registered =
            |secret| Registered { id: Secret::id(secret), label: &secret.rule.env, length: secret.prints[0].length };
        self.secrets.iter().map(registered).collect()
    }

    /// Forgets a value; whether there was one with this id.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.secrets.len();
        self.secrets.retain(|secret| secret.id() != id);
        self.search = Search::new(&self.salt, &self.secrets);
        self.secrets.len() < before
    }

    /// UTF-16 units of the shortest run without white space that every text with one of the values has; none without values.
    #[must_use]
    pub fn shortest_run(&self) -> Option<usize> {
        self.secrets.iter().map(|secret| secret.run).min()
    }

    /// Bytes of the longest form of a value.
    pub(crate) fn longest(&self) -> usize {
        self.secrets.iter().flat_map(|secret| &secret.prints).map(|print| print.length).max().unwrap_or(0)
    }

    /// Calls `found` for each place of each value.
    pub(crate) fn find<'r>(&'r self, text: &[u8], work: &Work, mut found: impl FnMut(&'r Rule, Range<usize>)) {
        if self.secrets.is_empty() {
            return;
        }
        let Search { base, out_of_window, ref any, ref by_filter } = self.search;
        let mut hash = 0;
        for (last, &byte) in text.iter().enumerate() {
            hash = roll(hash, base, byte);
            let Some(start) = (last + 1).checked_sub(WINDOW) else { continue };
            if let Some(&left) = start.checked_sub(1).and_then(|before| text.get(before)) {
                hash = hash.wrapping_sub(out_of_window.wrapping_mul(symbol(left)));
            }
            let here = filter(hash);
            if any[usize::from(here) / 64] >> (here % 64) & 1 == 0 {
                continue;
            }
            let first = by_filter.partition_point(|&(filter, ..)| filter < here);
            for &(_, secret, print) in by_filter[first..].iter().take_while(|&&(filter, ..)| filter == here) {
                let secret = &self.secrets[secret];
                let print = &secret.prints[print];
                let Some(start) = start.checked_sub(print.at) else { continue };
                let Some(value) = text.get(start..start + print.length) else { continue };
                if !work.spend(SALT + print.length) {
                    return;
                }
                if strong(&self.salt, value) == print.hash && work.spend(STEPS_A_MATCH) {
                    found(&secret.rule, start..start + print.length);
                }
            }
        }
    }
}

impl Secret {
    fn id(&self) -> String {
        self.prints[0].hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the search needs at every place of a text.
struct Search {
    base: u64,
    /// The factor of the byte that has just left the window.
    out_of_window: u64,
    /// A bit for each filter that some value has.
    any: Vec<u64>,
    /// Filter, secret and print, sorted.
    by_filter: Vec<(u16, usize, usize)>,
}

impl Search {
    fn new(salt: &[u8; SALT], secrets: &[Secret]) -> Self {
        let base = base(salt);
        let mut any = vec![0; (1 << FILTER_BITS) / 64];
        let mut by_filter = Vec::new();
        for (index, secret) in secrets.iter().enumerate() {
            for (form, print) in secret.prints.iter().enumerate() {
                any[usize::from(print.filter) / 64] |= 1 << (print.filter % 64);
                by_filter.push((print.filter, index, form));
            }
        }
        by_filter.sort_unstable();
        Self { base, out_of_window: (0..WINDOW).fold(1, |power: u64, _| power.wrapping_mul(base)), any, by_filter }
    }
}

/// The base of the rolling hash: odd, and the store's own, so that nobody can write a text that hits every filter.
fn base(salt: &[u8; SALT]) -> u64 {
    let digest = Sha256::new().chain_update(b"keystay own secrets: base").chain_update(salt).finalize();
    digest.iter().take(8).fold(1, |base, &byte| base << 8 | u64::from(byte)) | 1
}

fn roll(hash: u64, base: u64, byte: u8) -> u64 {
    hash.wrapping_mul(base).wrapping_add(symbol(byte))
}

/// Not zero for any byte, so that zeros count.
fn symbol(byte: u8) -> u64 {
    u64::from(byte) + 1
}

/// The upper bits depend on all of the window. The factor is the one of Fibonacci hashing.
fn filter(hash: u64) -> u16 {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - FILTER_BITS)) as u16
}

fn strong(salt: &[u8; SALT], value: &[u8]) -> [u8; HASH] {
    let digest =
        Sha256::new().chain_update(b"keystay own secrets: value").chain_update(salt).chain_update(value).finalize();
    std::array::from_fn(|index| digest[index])
}

fn rule(label: &str) -> Rule {
    Rule {
        id: ID.into(),
        name: format!("secret that you registered ({label})").into(),
        provider: "Your own".into(),
        env: label.to_string().into(),
        severity: Severity::High,
        kind: Kind::Live,
        topic: Topic::Service,
        confidence: Confidence::High,
        proof: None,
        context: Vec::new().into(),
        near: Near::Anywhere,
        #[cfg(feature = "sample")]
        pattern: "".into(),
        #[cfg(feature = "sample")]
        examples: Vec::new().into(),
        #[cfg(feature = "sample")]
        misses: Vec::new().into(),
        docs: "".into(),
        revoke: "".into(),
        sites: Vec::new().into(),
        partner: false,
        issuer: true,
        literals: Vec::new().into(),
        offset: (0, 0),
        prefix: 0,
        head: 0,
        tail: 0,
        unbounded: false,
        beside: Vec::new().into(),
        part: None,
        shape: Shape::Steps(&[]),
    }
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len()) && !label.chars().any(char::is_control)
}

/// The part of a value that is registered.
fn core(value: &str) -> &str {
    let value = value.trim();
    if value.contains('\n') {
        let lines = value.lines().map(str::trim);
        return lines.max_by_key(|line| guess::bits(line)).unwrap_or(value);
    }
    if value.contains("://") {
        let password = value.get(Proof::UrlPassword.secret(value)).unwrap_or(value);
        return if password.is_empty() { value } else { password };
    }
    value
}

fn as_json(value: &str) -> Zeroizing<String> {
    escaped(value, |c| match c {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        _ => None,
    })
}

fn as_html(value: &str) -> Zeroizing<String> {
    escaped(value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    })
}

fn escaped(value: &str, escape: fn(char) -> Option<&'static str>) -> Zeroizing<String> {
    // With room for all of it, so that growing leaves no copy behind.
    let mut out = Zeroizing::new(String::with_capacity(value.len() * 6));
    for c in value.chars() {
        match escape(c) {
            Some(escape) => out.push_str(escape),
            None => out.push(c),
        }
    }
    out
}

#[derive(Serialize)]
struct Store {
    version: u32,
    salt: String,
    secrets: Vec<StoredSecret>,
}

#[derive(Serialize)]
struct StoredSecret {
    label: String,
    run: usize,
    prints: Vec<StoredPrint>,
}

#[derive(Serialize)]
struct StoredPrint {
    length: usize,
    at: usize,
    filter: u16,
    hash: String,
}

impl OwnSecrets {
    /// The store as text: salt, labels and fingerprints.
    #[must_use]
    pub fn to_json(&self) -> String {
        let print = |print: &Print| StoredPrint {
            length: print.length,
            at: print.at,
            filter: print.filter,
            hash: BASE64.encode(print.hash),
        };
        let secret = |secret: &Secret| StoredSecret {
            label: secret.rule.env.to_string(),
            run: secret.run,
            prints: secret.prints.iter().map(print).collect(),
        };
        let secrets = self.secrets.iter().map(secret).collect();
        let store = Store { version: VERSION, salt: BASE64.encode(self.salt), secrets };
        serde_json::to_string(&store).expect("strings and numbers can be written")
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// When the text is not such a store, or was changed beyond the limits; with what is wrong, in words.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let store: Value =
            serde_json::from_str(text).map_err(|error| format!("this is no store of own secrets: {error}"))?;
        let (version, salt, secrets) = members(&store, ["version", "salt", "secrets"])
            .and_then(|[version, salt, secrets]| Some((version.as_u64()?, salt.as_str()?, secrets.as_array()?)))
            .ok_or("this is no store of own secrets")?;
        if version != u64::from(VERSION) {
            return Err(format!("the store has version {version}, this program reads version {VERSION}"));
        }
        let salt = bytes(salt).ok_or("the salt of the store is damaged")?;
        if secrets.len() > MOST_SECRETS {
            return Err(format!("the store has more than {MOST_SECRETS} secrets"));
        }
        let secrets = secrets.iter().map(secret).collect::<Option<Vec<_>>>();
        let secrets = secrets.ok_or("a fingerprint of the store is damaged; register its secrets again")?;
        let search = Search::new(&salt, &secrets);
        Ok(Self { salt, secrets, search })
    }
}

fn secret(stored: &Value) -> Option<Secret> {
    let [label, run, prints] = members(stored, ["label", "run", "prints"])?;
    let (label, run) = (label.as_str()?, number(run)?);
    let prints = prints.as_array()?.iter().map(print).collect::<Option<Vec<_>>>()?;
    (is_label(label) && (1..=3).contains(&prints.len())).then(|| Secret { rule: rule(label), prints, run })
}

fn print(stored: &Value) -> Option<Print> {
    let [length, at, filter, hash] = members(stored, ["length", "at", "filter", "hash"])?;
    let (length, at) = (number(length)?, number(at)?);
    let filter = u16::try_from(number(filter)?).ok()?;
    let fits = (WINDOW..=LONGEST_VALUE).contains(&length) && at <= length - WINDOW;
    (fits && u32::from(filter) >> FILTER_BITS == 0)
        .then(|| Some(Print { length, at, filter, hash: bytes(hash.as_str()?)? }))?
}

/// The members of an object, where it has all of these and no others. `serde` would read them into structures as well; the code
/// that it derives, with its messages about every kind of number, made the WebAssembly module a twentieth larger to download.
fn members<'v, const COUNT: usize>(value: &'v Value, names: [&str; COUNT]) -> Option<[&'v Value; COUNT]> {
    let object = value.as_object().filter(|object| object.len() == COUNT)?;
    // One that is missing reads as null, which is none of what is wanted.
    Some(names.map(|name| object.get(name).unwrap_or(&Value::Null)))
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64()?.try_into().ok()
}

fn bytes<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    BASE64.decode(text).ok()?.try_into().ok()
}
