//! Takes a pattern apart into steps that never give back what they took (`steps.rs`), where that changes no match.
//!
//! A repetition that takes all it can is right when nothing behind it could need what it took: when it is the last step, or
//! when no byte of its class can begin what follows. Otherwise a regular expression engine would go back and try with less, and
//! from there on the pattern is left to the machine. A choice is one step when it is between literals of which none begins with
//! another. Any other is tried way by way, each with all that follows it, in the order in which such an engine would try them.

use regex_syntax::hir::{Class as Bytes, Hir, HirKind, Repetition};

use super::anatomy::sequence;
use super::steps::Class;

/// A step, before it is written down.
#[derive(Clone, PartialEq, Eq)]
pub enum Lowered {
    /// These bytes.
    Literal(Vec<u8>),
    /// One of these.
    OneOf(Vec<Vec<u8>>),
    /// Between so many bytes of a class and so many more, or all there are.
    Run { class: Class, least: u32, most: Option<u32> },
    /// The first of these that matches to its end; always the last step.
    Any(Vec<Vec<Lowered>>),
    /// What only the machine can match; always the last step.
    Tree(Tree),
}

/// A group that is repeated more often is left to the machine.
const MOST_REPEATED: u32 = 16;
/// Ways through a pattern that are written down; with more of them it is left to the machine.
const MOST_WAYS: usize = 24;

/// The steps of a pattern, if it has any that match what it matches.
pub fn lower(hir: &Hir) -> Option<Vec<Lowered>> {
    let parts: Vec<&Hir> = sequence(hir);
    steps_of(&parts, &mut MOST_WAYS.clone())
}

/// The steps of any pattern, the last one a tree where that must be.
///
/// Fails with the reason in words for the author of the rule.
pub fn lower_with_tree(hir: &Hir) -> Result<Vec<Lowered>, String> {
    if let Some(steps) = lower(hir) {
        return Ok(steps);
    }
    let parts = sequence(hir);
    for split in (0..parts.len()).rev() {
        let rest = Lowered::Tree(Tree::All(parts[split..].iter().map(|part| tree(part)).collect::<Result<_, _>>()?));
        let mut steps = Vec::new();
        if parts[..split].iter().try_for_each(|part| push(&mut steps, part)).is_none() {
            continue;
        }
        let mut steps = joined(steps);
        steps.push(rest);
        if all_keep(&steps) {
            return Ok(steps);
        }
    }
    // The whole pattern is a tree at the latest.
    Ok(vec![Lowered::Tree(tree(hir)?)])
}

/// The steps of parts that stand one behind the other, with so many ways left to be written down.
fn steps_of(parts: &[&Hir], left: &mut usize) -> Option<Vec<Lowered>> {
    let mut steps = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if push(&mut steps, part).is_some() {
            continue;
        }
        let following = &parts[index + 1..];
        let mut ways = Vec::new();
        for way in choice(part)? {
            *left = left.checked_sub(1)?;
            ways.push(steps_of(&[&way, following].concat(), left)?);
        }
        steps.push(Lowered::Any(ways));
        break;
    }
    let steps = joined(steps);
    all_keep(&steps).then_some(steps)
}

/// The ways through a part of a pattern, in the order in which they are tried.
fn choice(part: &Hir) -> Option<Vec<Vec<&Hir>>> {
    match part.kind() {
        HirKind::Alternation(branches) => Some(branches.iter().map(sequence).collect()),
        HirKind::Repetition(Repetition { min: 0, max: Some(1), greedy: true, sub }) => {
            Some(vec![sequence(sub), Vec::new()])
        }
        HirKind::Concat(parts) => {
            // One that has a choice in it is taken apart, and what stands before that is the same for all ways.
            let at = parts.iter().position(|part| push(&mut Vec::new(), part).is_none())?;
            let (before, rest) = parts.split_at(at);
            let (first, behind) = rest.split_first()?;
            let ways = choice(first)?;
            Some(ways.into_iter().map(|way| before.iter().chain(way).chain(behind).collect()).collect())
        }
        _ => None,
    }
}

fn all_keep(steps: &[Lowered]) -> bool {
    (0..steps.len()).all(|index| keeps(&steps[index], &steps[index + 1..]))
}

/// The syntax tree of a pattern, for the machine (`machine.rs`).
#[derive(Clone, PartialEq, Eq)]
pub enum Tree {
    /// These bytes.
    Literal(Vec<u8>),
    /// A byte of a class.
    Class(Class),
    /// One behind the other.
    All(Vec<Tree>),
    /// The first that leads to a match.
    One(Vec<Tree>),
    /// So many, and more.
    Repeat { node: Box<Tree>, least: u32, most: Option<u32>, greedy: bool },
}

/// The tree of any pattern.
///
/// Fails with the reason in words for the author of the rule.
pub fn tree(hir: &Hir) -> Result<Tree, String> {
    let all = |parts: &[Hir]| parts.iter().map(tree).collect::<Result<_, _>>();
    Ok(match hir.kind() {
        HirKind::Empty => Tree::All(Vec::new()),
        HirKind::Literal(literal) => Tree::Literal(literal.0.to_vec()),
        HirKind::Class(class) => Tree::Class(bytes_of(class).ok_or("a class has characters above ASCII")?),
        HirKind::Concat(parts) => Tree::All(all(parts)?),
        HirKind::Alternation(branches) => Tree::One(all(branches)?),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            if max.is_none() && sub.properties().minimum_len() == Some(0) {
                return Err("what is repeated without end can be empty".into());
            }
            Tree::Repeat { node: Box::new(tree(sub)?), least: *min, most: *max, greedy: *greedy }
        }
        HirKind::Look(_) => return Err("anchors and word boundaries are the scanner's business: leave them out".into()),
        HirKind::Capture(capture) => tree(&capture.sub)?,
    })
}

/// Adds the steps of a part; none when it has none, and then nothing is added.
fn push(steps: &mut Vec<Lowered>, hir: &Hir) -> Option<()> {
    let before = steps.len();
    let done = push_parts(steps, hir);
    if done.is_none() {
        steps.truncate(before);
    }
    done
}

fn push_parts(steps: &mut Vec<Lowered>, hir: &Hir) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => steps.push(Lowered::Literal(literal.0.to_vec())),
        HirKind::Class(class) => steps.push(Lowered::Run { class: bytes_of(class)?, least: 1, most: Some(1) }),
        HirKind::Concat(parts) => {
            for part in parts {
                push(steps, part)?;
            }
        }
        HirKind::Alternation(branches) => steps.push(Lowered::OneOf(literals(branches)?)),
        HirKind::Repetition(repetition) => push_repeated(steps, repetition)?,
        HirKind::Look(_) | HirKind::Capture(_) => return None,
    }
    Some(())
}

fn push_repeated(steps: &mut Vec<Lowered>, repetition: &Repetition) -> Option<()> {
    let Repetition { min, max, greedy, ref sub } = *repetition;
    let class = match sub.kind() {
        HirKind::Class(class) => Some(bytes_of(class)?),
        HirKind::Literal(literal) if literal.0.len() == 1 && max != Some(min) => Some(only(literal.0[0])),
        _ => None,
    };
    if let Some(class) = class {
        if !greedy && max != Some(min) {
            return None;
        }
        steps.push(Lowered::Run { class, least: min, most: max });
        return Some(());
    }
    if max != Some(min) || min > MOST_REPEATED {
        return None;
    }
    (0..min).try_for_each(|_| push(steps, sub))
}

/// The branches of a choice, if all are literals and none begins with another.
fn literals(branches: &[Hir]) -> Option<Vec<Vec<u8>>> {
    let literals: Vec<Vec<u8>> = branches
        .iter()
        .map(|branch| match branch.kind() {
            HirKind::Literal(literal) => Some(literal.0.to_vec()),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let clash = |a: usize, b: usize| a != b && literals[a].starts_with(&literals[b]);
    let free = (0..literals.len()).all(|a| !(0..literals.len()).any(|b| clash(a, b)));
    free.then_some(literals)
}

fn only(byte: u8) -> Class {
    let mut class = Class::default();
    class.0[usize::from(byte) / 64] |= 1 << (byte % 64);
    class
}

fn bytes_of(class: &Bytes) -> Option<Class> {
    let mut bytes = Class::default();
    let mut add =
        |start: u8, end: u8| (start..=end).for_each(|byte| bytes.0[usize::from(byte) / 64] |= 1 << (byte % 64));
    match class {
        Bytes::Bytes(class) => class.ranges().iter().for_each(|range| add(range.start(), range.end())),
        // The parser makes one of an alternation of single characters.
        Bytes::Unicode(class) => {
            for range in class.ranges() {
                let (start, end) = (u8::try_from(range.start()).ok()?, u8::try_from(range.end()).ok()?);
                if !end.is_ascii() {
                    return None;
                }
                add(start, end);
            }
        }
    }
    Some(bytes)
}

/// Neighbouring literals become one, and so do neighbouring runs of one class of which the first has a fixed length.
fn joined(steps: Vec<Lowered>) -> Vec<Lowered> {
    let mut out: Vec<Lowered> = Vec::new();
    for step in steps {
        match (out.last_mut(), step) {
            (Some(Lowered::Literal(before)), Lowered::Literal(literal)) => before.extend(literal),
            (
                Some(Lowered::Run { class: before, least, most }),
                Lowered::Run { class, least: more_least, most: more_most },
            ) if *before == class && *most == Some(*least) => {
                *most = more_most.map(|more| *least + more);
                *least += more_least;
            }
            (_, step) => out.push(step),
        }
    }
    out
}

/// Whether a step may keep what it took, whatever follows.
fn keeps(step: &Lowered, following: &[Lowered]) -> bool {
    let Lowered::Run { class, least, most } = step else { return true };
    if *most == Some(*least) {
        return true;
    }
    let (first, _) = first_of(following);
    // What can be nothing takes what is left for it.
    !meets(&first, class) || following.iter().all(|step| matches!(step, Lowered::Run { least: 0, .. }))
}

fn meets(one: &Class, other: &Class) -> bool {
    one.0.iter().zip(other.0).any(|(one, other)| one & other != 0)
}

/// The bytes that steps can begin with, and whether all of them can take nothing.
fn first_of(steps: &[Lowered]) -> (Class, bool) {
    all_of(steps.iter().map(first))
}

/// The same of parts that stand one behind the other.
fn all_of(parts: impl Iterator<Item = (Class, bool)>) -> (Class, bool) {
    let mut all = Class::default();
    for (first, can_be_nothing) in parts {
        all.add(&first);
        if !can_be_nothing {
            return (all, false);
        }
    }
    (all, true)
}

/// The same of ways of which one is taken.
fn one_of(ways: impl Iterator<Item = (Class, bool)>) -> (Class, bool) {
    ways.fold((Class::default(), false), |(mut all, any), (first, can_be_nothing)| {
        all.add(&first);
        (all, any || can_be_nothing)
    })
}

/// The bytes that a step can begin with, and whether it can take nothing.
fn first(step: &Lowered) -> (Class, bool) {
    match step {
        Lowered::Literal(literal) => (first_byte(literal), false),
        Lowered::OneOf(literals) => one_of(literals.iter().map(|literal| (first_byte(literal), false))),
        Lowered::Run { class, least, .. } => (*class, *least == 0),
        Lowered::Any(ways) => one_of(ways.iter().map(|way| first_of(way))),
        Lowered::Tree(tree) => first_of_tree(tree),
    }
}

fn first_of_tree(tree: &Tree) -> (Class, bool) {
    match tree {
        Tree::Literal(literal) => (first_byte(literal), literal.is_empty()),
        Tree::Class(class) => (*class, false),
        Tree::All(parts) => all_of(parts.iter().map(first_of_tree)),
        Tree::One(ways) => one_of(ways.iter().map(first_of_tree)),
        Tree::Repeat { node, least, .. } => {
            let (first, can_be_nothing) = first_of_tree(node);
            (first, can_be_nothing || *least == 0)
        }
    }
}

fn first_byte(literal: &[u8]) -> Class {
    literal.first().map_or_else(Class::default, |&byte| only(byte))
}

#[cfg(test)]
mod tests {
    use super::super::anatomy::parse;
    use super::{Lowered, lower, lower_with_tree};

    fn lowers(pattern: &str) -> bool {
        lower(&parse(pattern).expect("the test's patterns parse")).is_some()
    }

    #[test]
    fn runs_that_nothing_behind_them_can_need_are_steps() {
        for pattern in [
            "ghp_[A-Za-z0-9]{36}",
            "key-[a-z]{3,8}",
            "key-[a-z]{3,8}-[0-9]+",
            "(?:live|test)_[a-z]{4}",
            "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "a[0-9]{1,3}[0-9]{0,2}",
            "(?i)bearer [a-z]+",
            "[a-z]{2}[a-z]{3,5}",
            "-(?:u|-user)[ =] {0,2}[a-z]",
            "(?:sk|sk-live)-[a-z]{4}",
            "(?:a[0-9]|b)c",
            "a-(?:[a-z]{27,}\\.(?:[0-9]{2}\\.)?[0-9]{9}|[a-z]{20})",
            "a-(?:b-)?[a-z]{4}(?:-[a-z]+)?",
        ] {
            assert!(lowers(pattern), "{pattern}");
        }
    }

    #[test]
    fn a_run_that_may_have_to_give_something_back_is_no_step() {
        for pattern in [
            "[a-z]{3,8}x",
            "a[0-9]{1,3}-?[0-9]{2}",
            "[A-Za-z0-9_-]{20,}T3[a-z]+",
            "[a-z]{3,8}?[0-9]",
            "(?:ab)+",
            "[a-z]{3,8}(?:x|-)[0-9]",
            "[a-z]{3,8}(?:-?x)?",
        ] {
            assert!(!lowers(pattern), "{pattern}");
        }
    }
    #[test]
    fn what_stands_before_a_run_that_may_have_to_give_something_back_is_steps_all_the_same() {
        let steps =
            lower_with_tree(&parse("[a-z]{1,9}://[^:]*:[^/]{3,}@[a-z]+").expect("it parses")).unwrap_or_default();
        let kinds: Vec<&str> = steps
            .iter()
            .map(|step| match step {
                Lowered::Literal(_) => "literal",
                Lowered::Run { .. } => "run",
                Lowered::Tree(_) => "tree",
                Lowered::OneOf(_) | Lowered::Any(_) => "choice",
            })
            .collect();
        assert_eq!(kinds, ["run", "literal", "run", "literal", "tree"]);
    }
}
