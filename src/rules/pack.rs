//! Writes the table of rules down in few bytes that compress well: for the build script. `packed.rs` reads it when the program starts.
//!
//! - The texts of all rules, one behind the other, in one text.
//! - The numbers of all rules, column by column: neighbours in a column are alike. A property of few values is a number of a list.
//! - The shapes of all rules as bytes, each with its code (`codes.rs`).
//! - The order of the words that lead to rules, since to sort them would cost every start of the background a millisecond.
//! - Rust source with the lists.
//!
//! Rejected: the rules as constants of the program. Four fifths of those bytes were addresses, lengths and zeros, which made the
//! WebAssembly module a sixth larger to download.

use std::fmt::Write as _;

use super::codes;
use super::compile::Compiled;
use super::kinds::Confidence;
use super::lower::{Lowered, Tree};
use super::schema::File;
use super::steps::Class;

/// What stands behind each text; no text has it.
pub const END_OF_TEXT: char = '\0';

/// Which texts are wanted beside those that the engine needs.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// What a person may read.
    pub catalog: bool,
    /// What samples are made of.
    pub sample: bool,
}

/// The table of rules.
pub struct Packed {
    /// Of all rules.
    pub texts: String,
    /// One byte a column and rule.
    pub numbers: Vec<u8>,
    /// Of all rules.
    pub shapes: Vec<u8>,
    /// Two bytes for each word of each rule: where it stands among those of all rules, in the order of the alphabet.
    pub order: Vec<u8>,
    /// Rust source.
    pub lists: String,
}

/// The rules of all files.
#[must_use]
pub fn pack(files: &[(File, Vec<Compiled>)], wanted: Wanted) -> Packed {
    let mut packer = Packer::default();
    let rows: Vec<Vec<u8>> = files
        .iter()
        .flat_map(|(file, rules)| rules.iter().map(move |rule| (file, rule)))
        .map(|(file, rule)| packer.rule(file, rule, wanted))
        .collect();
    let columns = rows.first().map_or(0, Vec::len);
    let numbers = (0..columns).flat_map(|column| rows.iter().map(move |row| row[column])).collect();
    let mut lists = format!("const COUNT: usize = {};\n", rows.len());
    for List { name, of, values } in &packer.lists {
        writeln!(lists, "static {name}: [{of}; {}] = [{}];", values.len(), values.join(", "))
            .expect("writing to a string does not fail");
    }
    let classes: Vec<String> = packer.classes.iter().map(|class| format!("Class({:?})", class.0)).collect();
    writeln!(lists, "static CLASSES: [Class; {}] = [{}];", classes.len(), classes.join(", "))
        .expect("writing to a string does not fail");
    let rules = files.iter().flat_map(|(_, rules)| rules);
    Packed { texts: packer.texts, numbers, shapes: packer.shapes, order: order(rules), lists }
}

/// The words of each rule, its literals before its context words, as places in the order of the alphabet.
fn order<'a>(rules: impl Iterator<Item = &'a Compiled>) -> Vec<u8> {
    let words: Vec<&String> = rules.flat_map(|rule| rule.anatomy.literals.iter().chain(&rule.entry.context)).collect();
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|&word| words[word]);
    order.into_iter().flat_map(|word| u16::try_from(word).expect("there are not so many words").to_le_bytes()).collect()
}

/// The values of a property, as Rust source.
struct List {
    name: &'static str,
    of: &'static str,
    values: Vec<String>,
}

#[derive(Default)]
struct Packer {
    texts: String,
    shapes: Vec<u8>,
    lists: Vec<List>,
    classes: Vec<Class>,
}

impl Packer {
    /// The numbers of a rule, in the order in which they are read.
    fn rule(&mut self, file: &File, rule: &Compiled, wanted: Wanted) -> Vec<u8> {
        let Compiled { entry, anatomy, shape, part } = rule;
        let confidence = entry.confidence.unwrap_or(match entry.context.is_empty() {
            true => Confidence::High,
            false => Confidence::Medium,
        });
        let proof = entry.proof.map_or("None".to_string(), |proof| format!("Some(Proof::{proof:?})"));
        let offset = format!("({}, {})", anatomy.offset.start(), anatomy.offset.end());
        let mut row = vec![
            self.choice("SEVERITIES", "Severity", format!("Severity::{:?}", entry.severity)),
            self.choice("KINDS", "Kind", format!("Kind::{:?}", entry.kind)),
            self.choice("TOPICS", "Topic", format!("Topic::{:?}", file.topic(entry))),
            self.choice("CONFIDENCES", "Confidence", format!("Confidence::{confidence:?}")),
            self.choice("PROOFS", "Option<Proof>", proof),
            self.choice("NEARS", "Near", format!("Near::{:?}", entry.near)),
            self.choice("OFFSETS", "(usize, usize)", offset),
            self.choice("SETS", "u128", anatomy.head.to_string()),
            self.choice("SETS", "u128", anatomy.tail.to_string()),
            byte(anatomy.prefix),
            u8::from(anatomy.longest.is_none()),
            u8::from(file.names_its_provider()),
            u8::from(file.partner),
        ];
        [&entry.id, &entry.env].into_iter().for_each(|text| self.text(text));
        if wanted.catalog {
            let texts = [&entry.name, &file.provider, &file.docs, &file.revoke];
            texts.into_iter().for_each(|text| self.text(text));
        }
        row.extend([&entry.context, &anatomy.literals, &file.sites, &entry.beside].map(|texts| self.texts(texts)));
        if wanted.sample {
            self.text(&entry.pattern);
            row.extend([&entry.examples, &entry.misses].map(|texts| self.texts(texts)));
        }
        self.steps(shape);
        row.push(u8::from(part.is_some()));
        if let Some(part) = part {
            self.steps(&part.before);
            self.steps(&part.through);
        }
        row
    }

    /// The number of a value in the list of this name.
    fn choice(&mut self, name: &'static str, of: &'static str, value: String) -> u8 {
        let index = self.lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
            self.lists.push(List { name, of, values: Vec::new() });
            self.lists.len() - 1
        });
        let values = &mut self.lists[index].values;
        byte(position(values, value))
    }

    fn text(&mut self, text: &str) {
        assert!(!text.contains(END_OF_TEXT), "{text:?} has what ends a text");
        self.texts.push_str(text);
        self.texts.push(END_OF_TEXT);
    }

    /// How many there are.
    fn texts(&mut self, texts: &[String]) -> u8 {
        texts.iter().for_each(|text| self.text(text));
        byte(texts.len())
    }

    fn steps(&mut self, steps: &[Lowered]) {
        self.length(steps.len());
        for step in steps {
            match step {
                Lowered::Literal(literal) => self.literal(literal),
                Lowered::OneOf(literals) => {
                    self.shapes.push(codes::ONE);
                    self.length(literals.len());
                    literals.iter().for_each(|literal| self.bytes(literal));
                }
                Lowered::Run { class, least, most } => {
                    self.shapes.push(codes::REPEAT);
                    self.class(class);
                    self.number(*least);
                    self.most(*most);
                }
                Lowered::Any(ways) => {
                    self.shapes.push(codes::ANY);
                    self.length(ways.len());
                    ways.iter().for_each(|way| self.steps(way));
                }
                Lowered::Tree(tree) => {
                    self.shapes.push(codes::TREE);
                    self.node(tree);
                }
            }
        }
    }

    fn node(&mut self, node: &Tree) {
        match node {
            Tree::Literal(literal) => self.literal(literal),
            Tree::Class(class) => {
                self.shapes.push(codes::CLASS);
                self.class(class);
            }
            Tree::All(nodes) => self.nodes(codes::ALL, nodes),
            Tree::One(nodes) => self.nodes(codes::ONE, nodes),
            Tree::Repeat { node, least, most, greedy } => {
                self.shapes.extend([codes::REPEAT, u8::from(*greedy)]);
                self.number(*least);
                self.most(*most);
                self.node(node);
            }
        }
    }

    fn nodes(&mut self, code: u8, nodes: &[Tree]) {
        self.shapes.push(code);
        self.length(nodes.len());
        nodes.iter().for_each(|node| self.node(node));
    }

    fn literal(&mut self, literal: &[u8]) {
        self.shapes.push(codes::LITERAL);
        self.bytes(literal);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.shapes.extend(bytes);
    }

    /// Many rules share a class.
    fn class(&mut self, class: &Class) {
        let index = position(&mut self.classes, *class);
        self.length(index);
    }

    /// One more than the number, and nothing for no end.
    fn most(&mut self, most: Option<u32>) {
        self.number(most.map_or(0, |most| most + 1));
    }

    fn length(&mut self, length: usize) {
        self.number(length as u32);
    }

    /// Seven bits a byte, the lowest first; the eighth says that there are more.
    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.shapes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.shapes.push(number as u8);
    }
}

/// Where a value stands in a list, to which it is added where it is new.
fn position<T: PartialEq>(values: &mut Vec<T>, value: T) -> usize {
    values.iter().position(|known| *known == value).unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    })
}

/// A number that is written as one byte. None has come near the limit; the day one does, the build says so.
fn byte(number: usize) -> u8 {
    u8::try_from(number).expect("no number of a rule is above 255")
}
