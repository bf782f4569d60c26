//! Where the tool looks, and what it leaves out.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::tool::{Folder, key, live, private_key};

#[test]
fn a_key_is_reported_with_its_place_its_kind_how_sure_it_is_and_a_mask() {
    let folder = Folder::new();
    let key = key("npm-token", 1);
    folder.write("src/ci.env", format!("A=1\nÄ=ü NPM={key}\n"));
    let answer = folder.scan(&["."]);
    let end = &key[key.len() - 2..];
    assert_eq!(answer.out, format!("src/ci.env:2:9: warn: npm access token (npm-token), proved: npm_••••••••{end}\n"));
    assert!(answer.err.contains("1 warning found in 1 file"), "{}", answer.err);
    assert_eq!(answer.code, 1);
}

#[test]
fn the_current_folder_is_scanned_when_nothing_is_named() {
    let folder = Folder::new();
    folder.write("a", live(1));
    assert_eq!(folder.scan(&[]).places(), ["a:1:1"]);
}

#[test]
fn standard_input_is_scanned_for_a_hyphen() {
    let answer = Folder::new().scan_input(&["-"], format!("key: {}", live(1)).as_bytes());
    assert_eq!((answer.places(), answer.code), (vec!["-:1:6"], 1));
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_like_a_file_is_scanned() {
    let folder = Folder::new();
    let script = format!("{} scan <(printf %s \"$KEY\")", env!("CARGO_BIN_EXE_keystay"));
    let mut shell = std::process::Command::new("bash");
    let output = shell.args(["-c", &script]).env("KEY", live(1)).current_dir(folder.path()).output();
    let out = output.expect("bash is installed").stdout;
    assert!(String::from_utf8_lossy(&out).contains(":1:1: warn: Stripe secret key"), "{out:?}");
}

#[test]
fn what_git_ignores_is_left_out_unless_asked_for() {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]).write(".gitignore", "private\n").write("private/a", live(1));
    folder.write(".github/b", live(2)).write(".git/c", live(3));
    assert_eq!(folder.scan(&["."]).places(), [".github/b:1:1"]);
    assert_eq!(folder.scan(&["--no-ignore", "."]).places(), [".github/b:1:1", "private/a:1:1"]);
}

#[test]
fn what_the_ignore_file_names_is_left_out_even_when_a_hook_names_it() {
    let folder = Folder::new();
    folder.write(".keystayignore", "fixtures/\n*.snap\n").write("fixtures/a", live(1)).write("x.snap", live(2));
    folder.write("src/a", live(3));
    assert_eq!(folder.scan(&["."]).places(), ["src/a:1:1"]);
    assert_eq!(folder.scan(&["fixtures/a", "x.snap", "src/a"]).places(), ["src/a:1:1"]);
    assert_eq!(folder.scan(&["--no-ignore", "."]).places().len(), 3);
}

#[test]
fn globs_leave_out_files_and_folders() {
    let folder = Folder::new();
    folder.write("tests/a", live(1)).write("b.min.js", live(2)).write("src/c.js", live(3));
    let answer = folder.scan(&["--exclude", "tests", "--exclude", "*.min.js", "."]);
    assert_eq!(answer.places(), ["src/c.js:1:1"]);
    assert_eq!(folder.scan(&["--exclude", "[", "."]).code, 2);
}

#[test]
fn the_order_is_the_same_for_any_number_of_threads() {
    let folder = Folder::new();
    for number in 0..200 {
        folder.write(&format!("{}/{number}", number % 7), format!("{}\n{}\n", live(number), live(number + 1000)));
    }
    let one = folder.scan(&["--threads", "1", "."]);
    let many = folder.scan(&["--threads", "8", "."]);
    assert_eq!(one.out.lines().count(), 400);
    assert_eq!(one.out, many.out);
}

#[test]
fn a_missing_path_is_named_and_the_rest_is_scanned() {
    let folder = Folder::new();
    folder.write("harmless", "nothing");
    let answer = folder.scan(&["nowhere", "harmless"]);
    assert!(answer.err.contains("nowhere: not scanned: there is no such file or folder"), "{}", answer.err);
    assert!(answer.err.contains("found in 1 file "), "{}", answer.err);
    assert_eq!(answer.code, 2);
    folder.write("leak", live(1));
    let answer = folder.scan(&["nowhere", "leak"]);
    assert_eq!((answer.places(), answer.code), (vec!["leak:1:1"], 1), "a finding outweighs the error");
}

/// As root every file can be opened, so that the file is one which can be opened but not read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_scanned() {
    let folder = Folder::new();
    folder.write("leak", live(1));
    let answer = folder.scan(&["/proc/self/mem", "leak"]);
    assert!(answer.err.contains("/proc/self/mem: not scanned: "), "{}", answer.err);
    assert_eq!(answer.places(), ["leak:1:1"]);
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let folder = Folder::new();
    for number in 0..2000 {
        folder.write(&format!("{number}"), format!("{}\n", live(number)).repeat(20));
    }
    let mut child =
        folder.tool(&["scan", "."]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the tool is there");
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
    out.read_line(&mut first).expect("there is a line");
    drop(out);
    let output = child.wait_with_output().expect("the tool ends");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(first.contains("warn") && output.status.code() == Some(0), "{:?} {complaints}", output.status);
    assert!(!complaints.contains("panicked"), "{complaints}");
}

#[test]
fn a_key_across_the_border_of_two_windows_of_a_large_file_is_found_once_and_in_its_place() {
    let folder = Folder::new();
    let mut file = File::create(folder.path().join("large.log")).expect("files can be written");
    let line = format!("{}\n", "0123456789 abcdef ".repeat(4).trim_end());
    let mut bytes = 0;
    let mut expected = Vec::new();
    for number in 1.. {
        if bytes > 40 << 20 {
            break;
        }
        // There is a key every 80 lines, so that there are some near every border, wherever it is.
        let has_key = number % 80 == 0;
        let text = if has_key { format!("key {}\n", live(number)) } else { line.clone() };
        if has_key {
            expected.push(format!("large.log:{number}:5"));
        }
        bytes += text.len();
        file.write_all(text.as_bytes()).expect("files can be written");
    }
    drop(file);
    let answer = folder.scan(&["."]);
    assert_eq!(answer.places(), expected);
    assert!(!answer.err.contains("partly"), "{}", answer.err);
}

#[test]
fn a_private_key_across_a_border_is_found_as_one() {
    let folder = Folder::new();
    let key = private_key();
    for before in (0..key.len()).step_by(key.len() / 5) {
        // The window is 2 MiB.
        let filler = "a b c d e f\n".repeat((2 << 20) / 12 + 1);
        let text = format!("{}\n{key}\n{filler}", &filler[..(2 << 20) - before]);
        folder.write("key", text);
        let answer = folder.scan(&["key"]);
        assert_eq!(answer.out.lines().count(), 1, "{before} bytes before the border: {}", answer.out);
    }
}

#[test]
fn a_text_with_more_keys_than_the_engine_lists_is_scanned_to_its_end() {
    let folder = Folder::new();
    let keys: String = (0..2500).map(|seed| live(seed) + "\n").collect();
    folder.write("keys", keys);
    let answer = folder.scan(&["."]);
    assert_eq!(answer.out.lines().count(), 2500);
    assert_eq!(answer.places()[2499], "keys:2500:1");
    let many: String = (0..11_000).map(|seed| live(seed % 100) + "\n").collect();
    folder.write("keys", many);
    let answer = folder.scan(&["."]);
    assert!(answer.err.contains("keys: only partly scanned: it has 10000 findings and more"), "{}", answer.err);
}

#[test]
fn files_above_the_size_that_was_set_are_skipped_and_counted() {
    let folder = Folder::new();
    folder.write("small", live(1)).write("large", format!("{}{}", live(2), " ".repeat(3000)));
    let answer = folder.scan(&["--max-file-size", "2K", "."]);
    assert_eq!(answer.places(), ["small:1:1"]);
    assert!(answer.err.contains("1 skipped for their size"), "{}", answer.err);
    assert_eq!(folder.scan(&["--max-file-size", "large", "."]).code, 2);
}

#[test]
fn a_name_cannot_command_the_terminal() {
    let folder = Folder::new();
    folder.write("a\u{1b}[2Jb", live(1));
    let answer = folder.scan(&["."]);
    assert!(!answer.out.contains('\u{1b}') && answer.out.starts_with("a\u{fffd}[2Jb:1:1: "), "{:?}", answer.out);
}

#[test]
fn only_findings_and_errors_are_written_when_it_is_to_be_quiet() {
    let folder = Folder::new();
    folder.write("a", live(1));
    let answer = folder.scan(&["--quiet", "."]);
    assert_eq!((answer.err.as_str(), answer.places()), ("", vec!["a:1:1"]));
}

#[test]
fn links_are_not_followed() {
    let folder = Folder::new();
    folder.write("a", live(1));
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("a"), folder.path().join("b")).expect("links can be made");
    assert_eq!(folder.scan(&["."]).out.lines().count(), 1);
}
