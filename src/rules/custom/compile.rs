//! Files → rules, or reasons why not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::CustomRules;
use crate::rules::anatomy::{around_secret, parse};
use crate::rules::check::check;
use crate::rules::kinds::Confidence;
use crate::rules::pattern::{LONGEST_MATCH, Pattern, anchored};
use crate::rules::schema::{Entry, File};
use crate::rules::{Rule, Shape, Text};

/// Bytes of one file of rules.
pub const LONGEST_FILE: usize = 256 << 10;
/// Rules in all files together: more than are built in.
pub const MOST_RULES: usize = 500;
/// Bytes of a pattern. The longest built-in one has a third of that.
pub const LONGEST_PATTERN: usize = 512;
/// Size of a compiled pattern, in states of its automaton: each byte that it looks at costs up to so many steps.
pub const MOST_STATES: usize = 2048;
/// Size of all compiled patterns together, which is what they can take of the memory.
pub const MOST_STATES_IN_ALL: usize = 100_000;
/// Words that lead to rules, in all files together.
pub const MOST_WORDS: usize = 4096;
/// Bytes of a name, an address, an id or a word. Names are shown in a warning.
pub const LONGEST_FIELD: usize = 200;
/// Entries of a list in a rule or file: context words, sites.
pub const MOST_LIST: usize = 64;

/// A rule, or a whole file, that is not used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// Name of its file.
    pub file: String,
    /// Its id, its place in the file (`rule 3`) when it has none, or nothing for a whole file.
    pub rule: String,
    /// Why, and what to do.
    pub reason: String,
}

impl CustomRules {
    /// Compiles files, given as name and text. What is wrong is left out and named; the rest works.
    #[must_use]
    pub fn compile(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> (Self, Vec<Refused>) {
        let mut compiler = Compiler::default();
        for (name, text) in files {
            compiler.file(name.as_ref(), text.as_ref());
        }
        (Self::new(compiler.rules), compiler.refused)
    }
}

#[derive(Default)]
struct Compiler {
    rules: Vec<Rule>,
    refused: Vec<Refused>,
    /// File of each id.
    ids: BTreeMap<String, String>,
    states: usize,
    words: usize,
}

impl Compiler {
    fn file(&mut self, name: &str, text: &str) {
        let mut refuse = |reason: String| {
            self.refused.push(Refused { file: name.to_string(), rule: String::new(), reason });
        };
        let (file, entries) = match read(text) {
            Ok(read) => read,
            Err(reason) => return refuse(reason),
        };
        for (index, entry) in entries.into_iter().enumerate() {
            let id = entry.get("id").and_then(toml::Value::as_str).map(clipped);
            let id = id.unwrap_or_else(|| format!("rule {}", index + 1));
            let made = Entry::deserialize(entry).map_err(|error| error.message().to_string());
            if let Err(reason) = made.and_then(|entry| self.rule(name, &file, entry)) {
                self.refused.push(Refused { file: name.to_string(), rule: id, reason });
            }
        }
    }

    fn rule(&mut self, name: &str, file: &File, entry: Entry) -> Result<(), String> {
        check_fields(&entry)?;
        if Rule::named(&entry.id).is_some() || entry.id == crate::own::ID {
            return Err("the id belongs to a built-in rule; put your company's name in front".into());
        }
        if let Some(other) = self.ids.get(&entry.id) {
            return Err(format!("the id is used twice; the other one is in {other}"));
        }
        if self.rules.len() == MOST_RULES {
            return Err(format!("there are more than {MOST_RULES} rules; leave out what is no longer used"));
        }
        let pattern = compile_pattern(&entry.pattern)?;
        let anatomy = check(&entry)?;
        if anatomy.literals.is_empty() && entry.context.is_empty() {
            return Err("this proof belongs to a built-in rule, to which no word leads; give context words".into());
        }
        if self.states + pattern.states() > MOST_STATES_IN_ALL {
            return Err(format!(
                "all patterns together have more than {MOST_STATES_IN_ALL} states; shorten repetitions, or leave rules out"
            ));
        }
        let words = anatomy.literals.len() + entry.context.len();
        if self.words + words > MOST_WORDS {
            return Err(format!("all rules together have more than {MOST_WORDS} literals and context words"));
        }
        self.states += pattern.states();
        self.words += words;
        self.ids.insert(entry.id.clone(), name.to_string());
        let topic = file.topic(&entry);
        let unsaid = if entry.context.is_empty() { Confidence::High } else { Confidence::Medium };
        self.rules.push(Rule {
            id: entry.id.into(),
            name: entry.name.into(),
            provider: file.provider.clone().into(),
            env: entry.env.into(),
            severity: entry.severity,
            kind: entry.kind,
            topic,
            confidence: entry.confidence.unwrap_or(unsaid),
            proof: entry.proof,
            context: owned(entry.context),
            near: entry.near,
            #[cfg(feature = "sample")]
            pattern: entry.pattern.into(),
            #[cfg(feature = "sample")]
            examples: owned(entry.examples),
            #[cfg(feature = "sample")]
            misses: owned(entry.misses),
            docs: file.docs.clone().into(),
            revoke: file.revoke.clone().into(),
            sites: owned(file.sites.clone()),
            partner: file.partner,
            issuer: file.names_its_provider(),
            offset: (*anatomy.offset.start(), *anatomy.offset.end()),
            prefix: anatomy.prefix,
            head: anatomy.head,
            tail: anatomy.tail,
            unbounded: anatomy.longest.is_none(),
            beside: owned(entry.beside),
            part: None,
            literals: owned(anatomy.literals),
            shape: Shape::Pattern(pattern),
        });
        Ok(())
    }
}

/// The fields of a file in TOML, or in JSON, and its rules as they stand there, so that one that is wrong does not take the others with it.
fn read(text: &str) -> Result<(File, Vec<toml::Value>), String> {
    if text.len() > LONGEST_FILE {
        return Err(format!("the file is longer than {LONGEST_FILE} bytes; make several files of it"));
    }
    let mut table = match text.trim_start().starts_with('{') {
        true => serde_json::from_str(text).map_err(|error| error.to_string())?,
        false => table(text)?,
    };
    let rules = match table.insert("rule".into(), toml::Value::Array(Vec::new())) {
        Some(toml::Value::Array(rules)) => rules,
        _ => return Err("there is no rule in it; a rule begins with [[rule]]".into()),
    };
    let file = File::deserialize(toml::Value::Table(table)).map_err(|error| error.message().to_string())?;
    check_text("provider", &file.provider)?;
    check_text("docs", &file.docs)?;
    check_text("revoke", &file.revoke)?;
    check_list("sites", &file.sites)?;
    Ok((file, rules))
}

fn table(text: &str) -> Result<toml::Table, String> {
    toml::from_str(text).map_err(|error| {
        let line =
            error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
        format!("line {line}: {}", error.message())
    })
}

fn check_fields(entry: &Entry) -> Result<(), String> {
    check_text("id", &entry.id)?;
    check_text("name", &entry.name)?;
    check_list("context", &entry.context)?;
    check_list("beside", &entry.beside)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if entry.env.is_empty() || entry.env.len() > LONGEST_FIELD || !entry.env.bytes().all(plain) {
        return Err("env is the name of an environment variable: letters, digits and _".into());
    }
    Ok(())
}

fn check_list(field: &str, list: &[String]) -> Result<(), String> {
    if list.len() > MOST_LIST {
        return Err(format!("{field} has more than {MOST_LIST} entries; make several rules of it"));
    }
    list.iter().try_for_each(|text| check_text(field, text))
}

/// What is shown to a person is one line of characters that can be seen, none of which turns the direction of writing.
fn check_text(field: &str, text: &str) -> Result<(), String> {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if text.len() > LONGEST_FIELD || text.chars().any(odd) {
        return Err(format!(
            "{field} is one line of at most {LONGEST_FIELD} bytes, without characters that cannot be seen"
        ));
    }
    Ok(())
}

fn compile_pattern(pattern: &str) -> Result<Pattern, String> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("the pattern is longer than {LONGEST_PATTERN} bytes; make several rules of it"));
    }
    if !pattern.is_ascii() {
        return Err("tokens are ASCII; write other bytes as \\xff".into());
    }
    let hir = parse(pattern)?;
    if around_secret(pattern)?.is_some() {
        return Err("a company's rule takes its whole match for the secret: write (?:…) for the group".into());
    }
    parse(&anchored(pattern)).map_err(|_| "the pattern holds a comment; leave out (?x) and #".to_string())?;
    if let Some(longest) = hir.properties().maximum_len().filter(|&longest| longest > LONGEST_MATCH) {
        return Err(format!("a match can be {longest} bytes long; at most {LONGEST_MATCH} are looked at"));
    }
    let least = hir.properties().minimum_len().unwrap_or(0);
    if least > LONGEST_MATCH {
        return Err(format!("no match is shorter than {least} bytes; at most {LONGEST_MATCH} are looked at"));
    }
    let compiled = Pattern::new(pattern, &hir);
    if compiled.states() > MOST_STATES {
        let states = compiled.states();
        return Err(format!(
            "the pattern has {states} states, at most {MOST_STATES} are allowed; shorten its repetitions"
        ));
    }
    Ok(compiled)
}

fn owned(texts: Vec<String>) -> Cow<'static, [Text]> {
    texts.into_iter().map(Text::Owned).collect()
}

fn clipped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST_FIELD).collect()
}
