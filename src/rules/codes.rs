//! The codes by which the build script writes shapes down (`pack.rs`) and the program reads them (`packed.rs`).

/// A step: bytes that stand there.
pub const LITERAL: u8 = 0;
/// A step: one of several literals. A node: one of several nodes.
pub const ONE: u8 = 1;
/// A step: bytes of a class. A node: another one several times, and behind the code whether that is as often as it goes or as
/// seldom.
pub const REPEAT: u8 = 2;
/// A node: a byte of a class.
pub const CLASS: u8 = 3;
/// A node: nodes behind each other.
pub const ALL: u8 = 4;
/// A step: several ways, each of them steps.
pub const ANY: u8 = 5;
/// A step: a node.
pub const TREE: u8 = 6;
