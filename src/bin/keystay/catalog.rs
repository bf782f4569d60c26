//! `keystay rules` and `keystay explain`: what is known about kinds of key.

use std::io::{self, Write};

use keystay::rules::{Confidence, Kind, Near, Rule};
use serde_json::json;

use crate::arguments::RulesArguments;
use crate::types;

/// How alike an id must be to be suggested; of 1.
const LIKE_ENOUGH: f64 = 0.75;

/// Lists the rules.
pub fn list(wanted: &RulesArguments, out: &mut impl Write) -> io::Result<()> {
    if wanted.markdown {
        return types::write(out);
    }
    let words: Vec<String> = wanted.words.iter().map(|word| word.to_lowercase()).collect();
    let fits = |rule: &&Rule| {
        let text = format!("{} {} {}", rule.id, rule.name, rule.provider).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let rules: Vec<&Rule> = Rule::all().iter().filter(fits).collect();
    if wanted.count {
        return writeln!(out, "{}", rules.len());
    }
    if wanted.json {
        let rules: Vec<_> = rules.iter().map(|rule| row(rule)).collect();
        serde_json::to_writer_pretty(&mut *out, &rules)?;
        return writeln!(out);
    }
    if rules.is_empty() {
        return Err(io::Error::other("no rule has all of these words in its id, name or provider"));
    }
    let id = width("ID", &rules, |rule| &rule.id);
    let provider = width("PROVIDER", &rules, |rule| &rule.provider);
    writeln!(out, "{:id$}  {:provider$}  {:<11}  {:<8}  PROOF", "ID", "PROVIDER", "KIND", "SEVERITY")?;
    for rule in rules {
        let (kind, severity) = (word(rule.kind), word(rule.severity));
        let proof = rule.proof.map_or("-", keystay::proof::Proof::name);
        writeln!(out, "{:id$}  {:provider$}  {kind:<11}  {severity:<8}  {proof}", rule.id, rule.provider)?;
    }
    Ok(())
}

/// Says everything about one rule.
pub fn explain(id: &str, out: &mut impl Write) -> io::Result<()> {
    let rule = rule(id)?;
    writeln!(out, "{} ({})\n{}\n", rule.name, rule.id, rule.provider)?;
    let mut row = |label: &str, text: &str| match text.is_empty() {
        true => Ok(()),
        false => writeln!(out, "{label:<15}{text}"),
    };
    row("Kind", kind(rule.kind))?;
    row("Severity", &word(rule.severity))?;
    row("Shape", &rule.pattern)?;
    if rule.needs_context() {
        let near = match rule.near {
            Near::Anywhere => "near it must stand one of: ",
            Near::Assignment => "it must be assigned to a name with one of: ",
            Near::Credential => "near it, besides a word for a credential, must stand one of: ",
        };
        row("Context", &format!("{near}{}", rule.context.join(", ")))?;
    }
    row(
        "Alone it is",
        match rule.confidence {
            Confidence::Low => "possible: noted, never a warning",
            Confidence::Medium => "possible: a warning",
            Confidence::High | Confidence::Certain => "likely: a warning",
        },
    )?;
    match rule.proof {
        Some(proof) => row("Proof", &format!("{} ({})", proof.about(), proof.name()))?,
        None => row("Proof", "none: nothing in it can be recomputed")?,
    }
    row("Keep it in", &if rule.env.is_empty() { String::new() } else { format!("${}", rule.env) })?;
    row("Revoke", &rule.revoke)?;
    row("Read more", &rule.docs)?;
    row(
        "When public",
        match rule.partner {
            true => "GitHub tells the provider about one in a public repository. Revoke it all the same",
            false => "nobody tells the provider. Revoke it yourself",
        },
    )?;
    let sample = rule.sample(&mut fastrand::Rng::new());
    row("Practice key", &format!("{} (made just now, nobody issued it)", rule.in_context(&sample)))
}

/// The rule with this id. The error names the nearest.
pub fn rule(id: &str) -> io::Result<&'static Rule> {
    Rule::named(id).ok_or_else(|| {
        let near = Rule::all().iter().map(|rule| (strsim::jaro_winkler(id, &rule.id), rule));
        let nearest = near.max_by(|(one, _), (other, _)| one.total_cmp(other)).filter(|(like, _)| *like > LIKE_ENOUGH);
        let hint = nearest.map_or_else(
            || "`keystay rules` lists them".to_string(),
            |(_, rule)| format!("did you mean {}? `keystay rules` lists all", rule.id),
        );
        io::Error::new(io::ErrorKind::NotFound, format!("there is no rule {id}; {hint}"))
    })
}

fn row(rule: &Rule) -> serde_json::Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "provider": rule.provider,
        "kind": word(rule.kind),
        "severity": word(rule.severity),
        "confidence": word(rule.confidence),
        "proof": rule.proof.map(keystay::proof::Proof::name),
        "environment": rule.env,
        "revoke": rule.revoke,
        "docs": rule.docs,
        "partner": rule.partner,
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Live => "live",
        Kind::Test => "test: a sandbox, noted",
        Kind::Publishable => "publishable: meant to be public, not reported",
        Kind::Example => "example: printed in documentation, not reported",
    }
}

fn word(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

fn width(title: &str, rules: &[&Rule], of: impl Fn(&Rule) -> &str) -> usize {
    rules.iter().map(|rule| of(rule).chars().count()).max().unwrap_or_default().max(title.len())
}
