//! Turns `src/rules/*.toml` into the tables of rules, of their shapes and of the words that lead to them.
//!
//! A rule that is wrong fails the build, and the message names the file, the rule's id and the reason. The modules that say
//! what a rule is are the crate's own, included here, so that nothing is stated twice.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, process};

mod src {
    pub mod proof;
    pub mod rules {
        pub mod anatomy;
        pub mod check;
        pub mod compile;
        pub mod kinds;
        pub mod lower;
        pub mod machine;
        pub mod schema;
        pub mod steps;
        pub mod words;
    }
    pub mod sample;
}

use src::{proof, rules, sample};

use rules::compile::Compiled;
use rules::kinds::Confidence;
use rules::lower::{Lowered, Tree};
use rules::schema::File;
use rules::steps::Class;

const FOLDER: &str = "src/rules";

fn main() {
    for source in [FOLDER, "src/proof", "src/proof.rs", "src/sample.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let files = match rules::compile::compile(&rule_files()) {
        Ok(files) => files,
        Err(problems) => {
            problems.iter().for_each(|problem| println!("cargo::error={FOLDER}/{problem}"));
            process::exit(1);
        }
    };
    let mut table = String::from("static RULES: &[Rule] = &[\n");
    let mut classes = Vec::new();
    for (file, compiled) in &files {
        for rule in compiled {
            let shape = format!("Shape::Steps({})", steps(&rule.shape, &mut classes));
            let part = rule.part.as_ref().map_or("None".to_string(), |part| {
                let [before, through] = [&part.before, &part.through].map(|part| steps(part, &mut classes));
                format!("Some(Part {{ before: {before}, through: {through} }})")
            });
            write_rule(&mut table, file, rule, &shape, &part);
        }
    }
    table.push_str("];\n");
    for (index, class) in classes.iter().enumerate() {
        writeln!(table, "static CLASS_{index}: Class = Class({:?});", class.0)
            .expect("writing to a string does not fail");
    }
    write_words(&mut table, files.iter().flat_map(|(_, compiled)| compiled));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("rules.rs"), table).expect("OUT_DIR can be written");
}

/// Name and text of every rule file, sorted by name so that two builds give the same bytes.
fn rule_files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(FOLDER)
        .expect("the folder of rules is part of the source")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name, text)
        })
        .collect();
    files.sort();
    files
}

/// A tree as a constant.
fn node(tree: &Tree, classes: &mut Vec<Class>) -> String {
    let mut all = |nodes: &[Tree]| nodes.iter().map(|one| node(one, classes)).collect::<Vec<_>>().join(", ");
    match tree {
        Tree::Literal(literal) => format!("Node::Literal(&{literal:?})"),
        Tree::Class(of) => format!("Node::Class({})", class(of, classes)),
        Tree::All(nodes) => format!("Node::All(&[{}])", all(nodes)),
        Tree::One(nodes) => format!("Node::One(&[{}])", all(nodes)),
        Tree::Repeat { node: of, least, most, greedy } => {
            format!("Node::Repeat {{ node: &{}, least: {least}, most: {most:?}, greedy: {greedy} }}", node(of, classes))
        }
    }
}

/// A class as a reference to a constant. Classes are collected, because many rules share one.
fn class(class: &Class, classes: &mut Vec<Class>) -> String {
    let index = classes.iter().position(|known| known == class).unwrap_or_else(|| {
        classes.push(*class);
        classes.len() - 1
    });
    format!("&CLASS_{index}")
}

/// Steps as a constant.
fn steps(steps: &[Lowered], classes: &mut Vec<Class>) -> String {
    let steps: Vec<String> = steps
        .iter()
        .map(|step| match step {
            Lowered::Literal(literal) => format!("Step::Literal(&{literal:?})"),
            Lowered::OneOf(literals) => {
                let literals: Vec<String> = literals.iter().map(|literal| format!("&{literal:?}")).collect();
                format!("Step::OneOf(&[{}])", literals.join(", "))
            }
            Lowered::Run { class: of, least, most } => {
                let most = most.map_or("usize::MAX".to_string(), |most| most.to_string());
                format!("Step::Run {{ class: {}, least: {least}, most: {most} }}", class(of, classes))
            }
            Lowered::Any(ways) => {
                let ways: Vec<String> = ways.iter().map(|way| self::steps(way, classes)).collect();
                format!("Step::Any(&[{}])", ways.join(", "))
            }
            Lowered::Tree(tree) => format!("Step::Tree(&{})", node(tree, classes)),
        })
        .collect();
    format!("&[{}]", steps.join(", "))
}

fn write_rule(table: &mut String, file: &File, rule: &Compiled, shape: &str, part: &str) {
    let Compiled { entry, anatomy, .. } = rule;
    let confidence = entry.confidence.unwrap_or(match entry.context.is_empty() {
        true => Confidence::High,
        false => Confidence::Medium,
    });
    let proof = entry.proof.map_or("None".to_string(), |proof| format!("Some(Proof::{proof:?})"));
    writeln!(
        table,
        "Rule {{ id: {}, name: {}, provider: {}, env: {}, severity: Severity::{:?}, kind: Kind::{:?}, topic: Topic::{:?}, \
         confidence: Confidence::{confidence:?}, proof: {proof}, context: {}, near: Near::{:?}, \
         #[cfg(feature = \"sample\")] pattern: {}, #[cfg(feature = \"sample\")] examples: {}, \
         #[cfg(feature = \"sample\")] misses: {}, #[cfg(feature = \"catalog\")] docs: {}, #[cfg(feature = \"catalog\")] revoke: {}, sites: {}, \
         #[cfg(feature = \"catalog\")] partner: {:?}, issuer: {}, literals: {}, \
         offset: ({}, {}), prefix: {}, head: {}, tail: {}, unbounded: {}, beside: {}, shape: {shape}, part: {part} }},",
        text(&entry.id),
        catalog_text(&entry.name),
        catalog_text(&file.provider),
        text(&entry.env),
        entry.severity,
        entry.kind,
        file.topic(entry),
        list(&entry.context),
        entry.near,
        text(&entry.pattern),
        list(&entry.examples),
        list(&entry.misses),
        text(&file.docs),
        text(&file.revoke),
        list(&file.sites),
        file.partner,
        file.names_its_provider(),
        list(&anatomy.literals),
        anatomy.offset.start(),
        anatomy.offset.end(),
        anatomy.prefix,
        anatomy.head,
        anatomy.tail,
        anatomy.longest.is_none(),
        list(&entry.beside),
    )
    .expect("writing to a string does not fail");
}

fn text(text: &str) -> String {
    format!("Cow::Borrowed({text:?})")
}

/// A text that is there only with the feature `catalog`.
fn catalog_text(text: &str) -> String {
    format!("Cow::Borrowed(if cfg!(feature = \"catalog\") {{ {text:?} }} else {{ \"\" }})")
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|one| text(one)).collect();
    format!("Cow::Borrowed(&[{}])", texts.join(", "))
}

/// The table that the scanner looks words up in; see `src/rules/words.rs`.
fn write_words<'a>(table: &mut String, rules: impl Iterator<Item = &'a Compiled>) {
    let mut leads: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (index, Compiled { entry, anatomy, .. }) in rules.enumerate() {
        anatomy.literals.iter().for_each(|word| leads.entry(word).or_default().push(format!("Lead::Literal({index})")));
        entry.context.iter().for_each(|word| leads.entry(word).or_default().push(format!("Lead::Context({index})")));
    }
    table.push_str("pub(crate) static WORDS: &[Word] = &[\n");
    for (word, leads) in leads {
        writeln!(table, "Word {{ text: {word:?}, leads: &[{}] }},", leads.join(", "))
            .expect("writing to a string does not fail");
    }
    table.push_str("];\n");
}
