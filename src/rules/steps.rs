//! The shape of a token as a sequence of steps, for the great majority of patterns: literals, and runs of one class.
//!
//! A step takes what it can and never gives anything back, so a match costs one look at each byte and no table but the
//! classes. The build script takes a pattern apart into steps only where that ends every match where a regular expression
//! engine would end it (`src/rules/lower.rs` says when); any other pattern stays a tree (`machine.rs`).

/// One step of a shape.
pub enum Step {
    /// These bytes.
    Literal(&'static [u8]),
    /// One of these, none of which begins with another.
    OneOf(&'static [&'static [u8]]),
    /// As many bytes of a class as there are, up to `most`; no match when there are fewer than `least`.
    Run { class: &'static Class, least: usize, most: usize },
}

impl Step {
    /// The most bytes that it takes where that is bounded; none of a run without an end.
    pub fn longest(&self) -> usize {
        match *self {
            Step::Literal(literal) => literal.len(),
            Step::OneOf(literals) => literals.iter().map(|literal| literal.len()).max().unwrap_or(0),
            Step::Run { most: usize::MAX, .. } => 0,
            Step::Run { most, .. } => most,
        }
    }
}

/// A set of bytes, one bit each.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Class(pub [u64; 4]);

impl Class {
    /// Whether a byte is in the set.
    #[must_use]
    #[inline]
    pub const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize / 64] >> (byte % 64) & 1 == 1
    }

    /// Takes bytes into the set.
    pub fn add_all(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0[usize::from(byte) / 64] |= 1 << (byte % 64));
    }

    /// How many bytes of the set a text begins with.
    #[must_use]
    pub fn run(&self, text: &[u8]) -> usize {
        text.iter().position(|&byte| !self.has(byte)).unwrap_or(text.len())
    }
}

/// The end of the match that begins at `start`.
#[must_use]
pub fn end_of_match(steps: &[Step], text: &[u8], start: usize) -> Option<usize> {
    end_of_match_by(steps, text, start, |_, class, from| from + class.run(&text[from..]))
}

/// The same, with the ends of runs without a longest length from `end_of_run`, which gets the step's number, its class and where
/// the run begins.
pub fn end_of_match_by(
    steps: &[Step],
    text: &[u8],
    start: usize,
    mut end_of_run: impl FnMut(usize, &Class, usize) -> usize,
) -> Option<usize> {
    let mut rest = text.get(start..)?;
    for (number, step) in steps.iter().enumerate() {
        let taken = match *step {
            Step::Literal(literal) => rest.starts_with(literal).then_some(literal.len()),
            Step::OneOf(literals) => {
                literals.iter().find(|literal| rest.starts_with(literal)).map(|literal| literal.len())
            }
            Step::Run { class, least, most } => {
                let run = match most {
                    usize::MAX => {
                        let from = text.len() - rest.len();
                        end_of_run(number, class, from) - from
                    }
                    _ => class.run(&rest[..rest.len().min(most)]),
                };
                (run >= least).then_some(run)
            }
        };
        rest = rest.get(taken?..)?;
    }
    Some(text.len() - rest.len())
}
