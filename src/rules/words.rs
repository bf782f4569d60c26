//! The words that lead to rules: literals of their patterns, and context words. The build script lays them out as a table that
//! is a constant of the program, so that nothing is built at start-up.
//!
//! Words are looked up by three bytes: a hash of them, in lower case, names a slot, and the words of a slot stand together in the
//! list. A slot is two bytes and there are [`SLOTS`] of them. Several words of one slot are told apart by comparison. At nearly every
//! place of a text no word begins, which the scanner knows from four bytes before it asks (`src/scan/lookup.rs`).
//!
//! Rejected: an Aho–Corasick automaton of all words. To build it took 5 to 14 ms in a cold WebAssembly instance, of some 75 ms
//! from a stopped background to the pasted text, and made the module 54 KB larger.

/// No word is shorter. Shorter ones would make every other word of a text a candidate.
pub const SHORTEST: usize = 3;
/// Places in the table.
pub const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 13;
/// A slot that no word begins in.
pub const NONE: u16 = u16::MAX;

/// A word, and the rules that it leads to.
pub struct Word {
    /// In lower case.
    pub text: &'static str,
    /// Its slot.
    pub slot: u16,
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

/// The last three bytes of a text, in lower case, as one number.
#[derive(Clone, Copy, Default)]
pub struct Three(u32);

impl Three {
    /// The text goes on by a byte.
    #[must_use]
    #[inline]
    pub fn then(self, byte: u8) -> Self {
        Self((self.0 << 8 | u32::from(byte.to_ascii_lowercase())) & 0x00ff_ffff)
    }

    /// Where words that begin with these bytes stand, if there are any. The factor is the one of Fibonacci hashing, 2³² divided
    /// by the golden ratio, which spreads neighbouring numbers evenly.
    #[must_use]
    #[inline]
    pub fn slot(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)) as usize
    }
}
