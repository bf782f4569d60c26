//! `keystay rules --markdown`: the list of all types for people, from which `docs/types.md` is made.

use std::collections::BTreeMap;
use std::io::{self, Write};

use keystay::rules::{Kind, Near, Rule, Severity};

/// Context words that are named; a rule may have more.
const NAMED: usize = 3;

/// Writes the list: a section for each provider, in the order of their names, and last what no provider issues.
pub fn write(out: &mut impl Write) -> io::Result<()> {
    let mut providers: BTreeMap<(bool, String), Vec<&Rule>> = BTreeMap::new();
    for rule in Rule::all() {
        providers.entry((!rule.names_its_provider(), rule.provider.to_lowercase())).or_default().push(rule);
    }
    writeln!(out, "# What is found\n")?;
    writeln!(
        out,
        "{} types of {} providers. Written by `keystay rules --markdown`; do not edit. How to read it, and how to add one: \
         [rules.md](rules.md).",
        Rule::all().len(),
        providers.keys().filter(|(unnamed, _)| !unnamed).count()
    )?;
    for rules in providers.values() {
        write_provider(rules, out)?;
    }
    Ok(())
}

fn write_provider(rules: &[&Rule], out: &mut impl Write) -> io::Result<()> {
    let Some(first) = rules.first() else { return Ok(()) };
    writeln!(out, "\n## {}", first.provider)?;
    // A provider may have several files, each with pages of its own.
    for group in rules.chunk_by(|a, b| (&a.docs, &a.revoke) == (&b.docs, &b.revoke)) {
        writeln!(out)?;
        for rule in group {
            writeln!(
                out,
                "- {} (`{}`): {}{}; {}",
                rule.name,
                rule.id,
                severity(rule.severity),
                kind(rule.kind),
                told_by(rule)
            )?;
        }
        let Some(rule) = group.first() else { continue };
        let told = if rule.partner { ". GitHub tells the provider about public leaks" } else { "" };
        writeln!(out, "\n  [About these keys]({}). To revoke: {}{told}.", rule.docs, page(&rule.revoke))?;
    }
    Ok(())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Live => "",
        Kind::Test => ", for tests",
        Kind::Publishable => ", meant to be public",
        Kind::Example => ", an example",
    }
}

/// By what a value of this type is known.
fn told_by(rule: &Rule) -> String {
    let words: Vec<String> = rule.context.iter().take(NAMED).map(|word| format!("`{word}`")).collect();
    let more = if rule.context.len() > NAMED { " …" } else { "" };
    let words = format!("{}{more}", words.join(", "));
    let near = match rule.near {
        _ if rule.context.is_empty() => "its own shape".to_string(),
        Near::Anywhere => format!("its shape beside {words}"),
        Near::Assignment => format!("its shape, assigned to {words}"),
        Near::Credential => format!("its shape beside {words} and a word such as key or token"),
    };
    rule.proof.map_or(near.clone(), |proof| format!("{near}, proof `{}`", proof.name()))
}

fn page(revoke: &str) -> String {
    if revoke.starts_with("https://") { format!("<{revoke}>") } else { revoke.to_string() }
}
