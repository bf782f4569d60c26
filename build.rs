//! Turns `src/rules/*.toml` into the table of rules and of their shapes.
//!
//! A rule that is wrong fails the build, and the message names the file, the rule's id and the reason. The modules that say
//! what a rule is are the crate's own, included here, so that nothing is stated twice.

#![allow(dead_code)]

use std::path::PathBuf;
use std::{env, fs, process};

mod src {
    pub mod proof;
    pub mod rules {
        pub mod anatomy;
        pub mod check;
        pub mod codes;
        pub mod compile;
        pub mod kinds;
        pub mod lower;
        pub mod machine;
        pub mod pack;
        pub mod schema;
        pub mod steps;
        pub mod words;
    }
    pub mod sample;
}

use src::{proof, rules, sample};

use rules::pack::{Wanted, pack};

const FOLDER: &str = "src/rules";

fn main() {
    for source in [FOLDER, "src/proof", "src/proof.rs", "src/sample.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let files = match rules::compile::compile(&rule_files()) {
        Ok(files) => files,
        Err(problems) => {
            problems.iter().for_each(|problem| println!("cargo::error={FOLDER}/{problem}"));
            process::exit(1);
        }
    };
    let has = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let packed = pack(&files, Wanted { catalog: has("CATALOG"), sample: has("SAMPLE") });
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let write = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    write("rules.rs", packed.lists.as_bytes());
    write("texts", packed.texts.as_bytes());
    write("numbers", &packed.numbers);
    write("shapes", &packed.shapes);
    write("order", &packed.order);
}

/// Name and text of every rule file, sorted by name so that two builds give the same bytes.
fn rule_files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(FOLDER)
        .expect("the folder of rules is part of the source")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name, text)
        })
        .collect();
    files.sort();
    files
}
