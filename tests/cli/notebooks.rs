//! Jupyter notebooks.

use serde_json::json;

use crate::tool::{Folder, live, private_key};

#[test]
fn keys_in_cells_and_outputs_are_found_with_cell_and_line() {
    let folder = Folder::new();
    let (source, output, metadata) = (live(1), live(2), live(3));
    let notebook = json!({
        "cells": [
            { "cell_type": "markdown", "source": ["# Title\n"] },
            {
                "cell_type": "code",
                "source": ["import os\n", format!("key = \"{source}\"\n")],
                "outputs": [{ "output_type": "stream", "text": [format!("{output}\n")] }],
            },
        ],
        "metadata": { "note": metadata },
        "nbformat": 4,
    });
    folder.write("a.ipynb", serde_json::to_string_pretty(&notebook).expect("it is JSON"));
    let answer = folder.scan(&["."]);
    let cells: Vec<Option<&str>> = answer.out.lines().map(|line| line.split_once(" [").map(|(_, cell)| cell)).collect();
    // In the order of the file: its fields are written in the order of the alphabet.
    assert_eq!(cells, [Some("cell 2, line 1]"), Some("cell 2, line 2]"), None], "{}", answer.out);
    let file = folder.read("a.ipynb");
    for (place, key) in answer.places().iter().zip([output, source, metadata]) {
        let line: usize = place.split(':').nth(1).and_then(|line| line.parse().ok()).expect("a place has a line");
        let line = file.lines().nth(line - 1).expect("the file has this line");
        assert!(line.contains(&key), "{place}: {line}");
    }
}

#[test]
fn a_private_key_in_lines_that_are_strings_of_their_own_is_found_as_one() {
    let folder = Folder::new();
    let key = private_key();
    let lines: Vec<String> = key.lines().map(|line| format!("{line}\n")).collect();
    let notebook = json!({ "cells": [{ "cell_type": "code", "source": lines }] });
    folder.write("a.ipynb", notebook.to_string());
    let answer = folder.scan(&["."]);
    assert_eq!(answer.out.lines().count(), 1, "{}", answer.out);
    assert!(answer.out.contains("[cell 1, line 1]"), "{}", answer.out);
}

#[test]
fn a_file_that_only_has_the_name_of_a_notebook_is_text() {
    let folder = Folder::new();
    folder.write("a.ipynb", live(1)).write("b.ipynb", format!("{{\"cells\": [1, \"{}\"]}}", live(2)));
    assert_eq!(folder.scan(&["."]).places(), ["a.ipynb:1:1", "b.ipynb:1:16"]);
}
