//! What stays the same during one scan.

use super::memory::Memory;
use super::reads::Reads;
use super::work::Work;

/// One scan of one text.
pub struct Pass {
    /// Seconds since 1970; 0 when it is not known.
    pub now: u64,
    /// What it may still cost.
    pub work: Work,
    /// What matchers remember of the text that is just looked at.
    pub memory: Memory,
    /// How far it has looked, where somebody wants to know.
    pub reads: Reads,
}
