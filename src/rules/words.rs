//! The words that lead to rules: literals of their patterns, and context words. They are put in the
//! order of the alphabet when the table of rules is read (`packed.rs`); the scanner makes its tables of them when it is first used
//! (`src/scan/lookup.rs`).
//!
//! Rejected: an Aho–Corasick automaton of all words. To build it took 5 to 14 ms in a cold WebAssembly instance, of some 75 ms
//! from a stopped background to the pasted text, and made the module 54 KB larger.

/// No word is shorter. Shorter ones would make every other word of a text a candidate.
pub const SHORTEST: usize = 3;

/// A word, and the rules that it leads to.
pub struct Word {
    /// In lower case.
    pub text: &'static str,
    /// By index into the list of all rules.
    pub leads: &'static [Lead],
}

/// What a word is to a rule.
#[derive(Clone, Copy)]
pub enum Lead {
    /// A literal of this rule's pattern.
    Literal(usize),
    /// A context word of this rule.
    Context(usize),
}
