//! Reads the table of rules that the build script wrote down (`pack.rs` says how it looks), once, when it is first asked for.
//!
//! What it makes lives as long as the program, so it is leaked: a rule's lists and steps are then borrowed like constants.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::codes;
use super::kinds::{Confidence, Kind, Near, Severity, Topic};
use super::machine::Node;
use super::steps::{Class, Step};
use super::words::{Lead, Word};
use super::{Part, Rule, Shape, Text};
use crate::proof::Proof;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts"));
static NUMBERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/numbers"));
static SHAPES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shapes"));
static ORDER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/order"));

/// The rules and the words that lead to them.
pub struct Table {
    /// In the order of their files' names.
    pub rules: &'static [Rule],
    /// In the order of the alphabet.
    pub words: Vec<Word>,
}

/// The table; the first call takes about a millisecond.
#[inline]
pub fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        // With room for all from the start: what a growing list leaves behind is overwritten and lost.
        let mut texts: Vec<Text> = Vec::with_capacity(TEXTS.bytes().filter(|&byte| byte == 0).count() + 1);
        texts.extend(TEXTS.split('\0').map(Cow::Borrowed));
        let mut reader = Reader { texts: texts.leak(), shapes: SHAPES };
        let rules: Vec<Rule> = (0..COUNT).map(|index| reader.rule(Row { index, column: 0 })).collect();
        let rules = rules.leak();
        let words = words(rules);
        Table { rules, words }
    })
}

/// Where the next number of a rule stands.
struct Row {
    index: usize,
    column: usize,
}

impl Row {
    fn next(&mut self) -> usize {
        let number = NUMBERS[self.column * COUNT + self.index];
        self.column += 1;
        usize::from(number)
    }
}

/// What has not been read yet.
struct Reader {
    texts: &'static [Text],
    shapes: &'static [u8],
}

impl Reader {
    fn rule(&mut self, mut row: Row) -> Rule {
        let next = &mut || row.next();
        // In the order in which they were written.
        let severity = SEVERITIES[next()];
        let kind = KINDS[next()];
        let topic = TOPICS[next()];
        let confidence = CONFIDENCES[next()];
        let proof = PROOFS[next()];
        let near = NEARS[next()];
        let offset = OFFSETS[next()];
        let (head, tail) = (SETS[next()], SETS[next()]);
        let prefix = next();
        let unbounded = next() == 1;
        let issuer = next() == 1;
        let partner = next() == 1;
        let (id, env) = (self.text(), self.text());
        let mut for_a_person = || if cfg!(feature = "catalog") { self.text() } else { Cow::Borrowed("") };
        let (name, provider, docs, revoke) = (for_a_person(), for_a_person(), for_a_person(), for_a_person());
        let (context, literals) = (self.texts(next()), self.texts(next()));
        let (sites, beside) = (self.texts(next()), self.texts(next()));
        Rule {
            id,
            name,
            provider,
            env,
            severity,
            kind,
            topic,
            confidence,
            proof,
            context,
            near,
            #[cfg(feature = "sample")]
            pattern: self.text(),
            #[cfg(feature = "sample")]
            examples: self.texts(next()),
            #[cfg(feature = "sample")]
            misses: self.texts(next()),
            docs,
            revoke,
            sites,
            partner,
            issuer,
            literals,
            offset,
            prefix,
            head,
            tail,
            unbounded,
            beside,
            shape: Shape::Steps(self.steps()),
            part: (next() == 1).then(|| Part { before: self.steps(), through: self.steps() }),
        }
    }

    fn text(&mut self) -> Text {
        self.texts.split_off_first().cloned().unwrap_or_default()
    }

    fn texts(&mut self, count: usize) -> Cow<'static, [Text]> {
        Cow::Borrowed(self.texts.split_off(..count).unwrap_or_default())
    }

    fn steps(&mut self) -> &'static [Step] {
        self.list(Self::step)
    }

    fn step(&mut self) -> Step {
        match self.byte() {
            codes::LITERAL => Step::Literal(self.bytes()),
            codes::REPEAT => {
                Step::Run { class: self.class(), least: self.number(), most: self.most().unwrap_or(usize::MAX) }
            }
            codes::ANY => Step::Any(self.list(Self::steps)),
            codes::TREE => Step::Tree(Box::leak(Box::new(self.node()))),
            _ => Step::OneOf(self.list(Self::bytes)),
        }
    }

    fn node(&mut self) -> Node {
        match self.byte() {
            codes::LITERAL => Node::Literal(self.bytes()),
            codes::CLASS => Node::Class(self.class()),
            codes::ALL => Node::All(self.list(Self::node)),
            codes::ONE => Node::One(self.list(Self::node)),
            _ => Node::Repeat {
                greedy: self.byte() == 1,
                least: self.number() as u32,
                most: self.most().map(|most| most as u32),
                node: Box::leak(Box::new(self.node())),
            },
        }
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> T) -> &'static [T] {
        (0..self.number()).map(|_| read(self)).collect::<Vec<_>>().leak()
    }

    fn class(&mut self) -> &'static Class {
        &CLASSES[self.number()]
    }

    fn bytes(&mut self) -> &'static [u8] {
        let length = self.number();
        self.shapes.split_off(..length).unwrap_or_default()
    }

    fn most(&mut self) -> Option<usize> {
        self.number().checked_sub(1)
    }

    fn number(&mut self) -> usize {
        let (mut number, mut bits) = (0, 0);
        loop {
            let byte = self.byte();
            number |= usize::from(byte & 0x7f) << bits;
            bits += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn byte(&mut self) -> u8 {
        self.shapes.split_off_first().copied().unwrap_or_default()
    }
}

/// The words that lead to rules. What leads from one word is in the order of the rules.
fn words(rules: &'static [Rule]) -> Vec<Word> {
    let count = rules.iter().map(|rule| rule.literals.len() + rule.context.len()).sum();
    let mut leads: Vec<(&'static str, Lead)> = Vec::with_capacity(count);
    for (index, rule) in rules.iter().enumerate() {
        leads.extend(rule.literals.iter().map(|word| (word.as_ref(), Lead::Literal(index))));
        leads.extend(rule.context.iter().map(|word| (word.as_ref(), Lead::Context(index))));
    }
    let (order, _) = ORDER.as_chunks();
    let sorted: Vec<_> = order.iter().map(|&place| leads[usize::from(u16::from_le_bytes(place))]).collect();
    let mut of_all: &'static [Lead] = sorted.iter().map(|&(_, lead)| lead).collect::<Vec<_>>().leak();
    let same = sorted.chunk_by(|(one, _), (other, _)| one == other);
    same.map(|same| Word { text: same[0].0, leads: of_all.split_off(..same.len()).unwrap_or_default() }).collect()
}
