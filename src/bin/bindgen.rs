//! The wasm-bindgen step of `build.sh`: `bindgen <in.wasm> <out folder>` writes `keystay.js` and `keystay_bg.wasm`.
//!
//! The same step could be wasm-bindgen's own command line tool, but that is a second program to install, and one that must
//! have exactly the version of the library. Built from this package's lock file, it cannot differ.

use std::path::PathBuf;
use std::{env, process};

use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: bindgen <in.wasm> <out folder>");
        process::exit(2);
    };
    let result = Bindgen::new().input_path(&input).out_name("keystay").web(true).and_then(|bindgen| {
        bindgen
            .typescript(false)
            // The background compiles the module itself and hands it over, so the glue need not know where the file lies.
            .omit_default_module_path(true)
            // Gives the background a fresh instance after a trap without loading anything again.
            .reset_state_function(true)
            // Texts go in through `encodeInto` in every browser that we support; the other way makes one more copy of a secret.
            .encode_into(EncodeInto::Always)
            .generate(&folder)
    });
    if let Err(error) = result {
        eprintln!("bindgen: {}: {error:#}", input.display());
        process::exit(1);
    }
}
