//! The list of types for people says what the rules say.

#![cfg(feature = "cli")]

use std::process::Command;

#[test]
fn the_list_of_types_in_docs_is_the_one_that_the_rules_give() {
    let given = Command::new(env!("CARGO_BIN_EXE_keystay")).args(["rules", "--markdown"]).output();
    let given = given.expect("cargo has built the program").stdout;
    let page = std::fs::read("docs/types.md").unwrap_or_default();
    assert!(given == page, "docs/types.md is stale: keystay rules --markdown > docs/types.md");
}
