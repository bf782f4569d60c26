//! What the command line tool promises, tried on the tool itself in folders that are thrown away.

#![cfg(feature = "cli")]

mod archives;
mod catalog;
mod counting;
mod encodings;
mod formats;
mod git;
mod notebooks;
mod places;
mod tool;
