//! The project's own tree, held to what the project promises about it.

#![cfg(feature = "cli")]

use std::process::Command;

#[test]
fn keystay_finds_nothing_in_its_own_repository() {
    let output = Command::new(env!("CARGO_BIN_EXE_keystay"))
        .args(["scan", "--level", "all", "."])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the tool was built for this test");
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && found.is_empty(), "{found}{}", String::from_utf8_lossy(&output.stderr));
}
