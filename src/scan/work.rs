//! What one scan may cost where the cost is not bounded by how built-in rules are made: the patterns of rules that came at run
//! time, and the confirmation of own secrets.
//!
//! Every piece of such work is paid for before it is done, from an account that grows with the text. So the time of a scan is
//! linear in the text whatever the rules and the text are. A scan whose account is empty is `partial`, and the text is held.

use std::cell::Cell;

/// Steps for each byte of a text. A list of tokens, one after the other, each led to once, costs the states of their pattern:
/// some fifty.
pub const STEPS_A_BYTE: usize = 1024;
/// Steps that every text has, however short: a few milliseconds.
pub const LEAST_STEPS: usize = 1 << 22;
/// What a match costs besides finding it: it is proved, kept, and compared with all others. It also bounds their number.
pub const STEPS_A_MATCH: usize = 8192;

/// The account of one scan.
pub struct Work {
    left: Cell<usize>,
    spent: Cell<bool>,
    /// Bytes that matchers were given, which is what tests measure.
    #[cfg(test)]
    pub fed: Cell<usize>,
}

impl Work {
    /// For a text of so many bytes.
    pub fn new(bytes: usize) -> Self {
        Self {
            left: Cell::new(bytes.saturating_mul(STEPS_A_BYTE).max(LEAST_STEPS)),
            spent: Cell::new(false),
            #[cfg(test)]
            fed: Cell::new(0),
        }
    }

    /// Pays for steps; `false` when there is not enough left, and then there is nothing left at all.
    pub fn spend(&self, steps: usize) -> bool {
        match self.left.get().checked_sub(steps) {
            Some(left) if !self.spent.get() => {
                self.left.set(left);
                true
            }
            _ => {
                self.give_up();
                false
            }
        }
    }

    /// What is left of it.
    pub fn left(&self) -> usize {
        self.left.get()
    }

    /// No more work is done for this text.
    pub fn give_up(&self) {
        self.spent.set(true);
    }

    /// Whether something was left undone.
    pub fn is_spent(&self) -> bool {
        self.spent.get()
    }
}
