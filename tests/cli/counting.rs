//! What counts: levels, exit codes, comments, baselines.

use crate::tool::{Folder, key, live, private_key, test_key};

#[test]
fn nothing_found_is_success() {
    let folder = Folder::new();
    folder.write("a", "nothing to see");
    let answer = folder.scan(&["."]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
}

#[test]
fn a_note_is_neither_shown_nor_fails_unless_asked_for() {
    let folder = Folder::new();
    folder.write("a", test_key());
    let answer = folder.scan(&["."]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    assert!(answer.err.contains("1 not shown"), "{}", answer.err);
    let answer = folder.scan(&["--level", "note", "."]);
    assert_eq!((answer.code, answer.places()), (0, vec!["a:1:1"]));
    let answer = folder.scan(&["--fail-on", "note", "."]);
    assert_eq!((answer.code, answer.places()), (1, vec!["a:1:1"]), "what fails is shown");
    let answer = folder.scan(&["--fail-on", "note", "--level", "warn", "."]);
    assert_eq!((answer.code, answer.places()), (1, vec!["a:1:1"]), "what fails is shown");
}

#[test]
fn a_warning_does_not_fail_when_nothing_is_to_fail() {
    let folder = Folder::new();
    folder.write("a", live(1));
    assert_eq!(folder.scan(&["."]).code, 1);
    let answer = folder.scan(&["--fail-on", "never", "."]);
    assert_eq!((answer.code, answer.places()), (0, vec!["a:1:1"]));
}

#[test]
fn what_is_meant_to_be_public_is_only_listed_with_everything() {
    let folder = Folder::new();
    folder.write("a", key("stripe-publishable-key", 1));
    assert_eq!(folder.scan(&["--level", "note", "--fail-on", "note", "."]).out, "");
    let answer = folder.scan(&["--level", "all", "--fail-on", "note", "."]);
    assert_eq!((answer.code, answer.places()), (0, vec!["a:1:1"]));
}

#[test]
fn findings_that_are_not_sure_enough_are_left_out() {
    let folder = Folder::new();
    folder.write("a", live(1)).write("b", key("npm-token", 1));
    assert_eq!(folder.scan(&["."]).places(), ["a:1:1", "b:1:1"]);
    let answer = folder.scan(&["--min-confidence", "certain", "."]);
    assert_eq!(answer.places(), ["b:1:1"]);
    assert!(answer.err.contains("1 not shown"), "{}", answer.err);
}

#[test]
fn wrong_arguments_are_errors_that_say_what_to_do() {
    let folder = Folder::new();
    for (arguments, hint) in [
        (&["--format", "xml"][..], "[possible values: text, json, sarif]"),
        (&["--write-baseline"], "--baseline <FILE>"),
        (&["--since", "yesterday"], "--history"),
        (&["--staged", "--history"], "cannot be used with"),
        (&["--threads", "0"], "--threads"),
        (&["--output", "nowhere/report"], "cannot be written"),
    ] {
        let answer = folder.scan(arguments);
        assert_eq!(answer.code, 2, "{arguments:?}");
        assert!(answer.err.contains(hint), "{arguments:?}: {}", answer.err);
    }
}

#[test]
fn a_comment_in_the_line_allows_a_finding() {
    let folder = Folder::new();
    folder.write("a.py", format!("k = '{}'  # keystay:allow\nk = '{}'\n", live(1), live(2)));
    let answer = folder.scan(&["."]);
    assert_eq!(answer.places(), ["a.py:2:6"]);
    assert!(answer.err.contains("1 allowed by a comment"), "{}", answer.err);
    assert_eq!(folder.scan(&["--no-ignore", "."]).places().len(), 2);
}

#[test]
fn a_comment_of_its_own_line_allows_the_next_line_only() {
    let folder = Folder::new();
    folder.write("a.js", format!("  // keystay:allow\n  k('{}')\n  k('{}')\n", live(1), live(2)));
    assert_eq!(folder.scan(&["."]).places(), ["a.js:3:6"]);
}

#[test]
fn a_comment_behind_something_else_does_not_allow_the_next_line() {
    let folder = Folder::new();
    folder.write("a", format!("x = 1 # keystay:allow\n{}\n", live(1)));
    assert_eq!(folder.scan(&["."]).places(), ["a:2:1"]);
}

#[test]
fn a_comment_with_rules_allows_only_these() {
    let folder = Folder::new();
    let (stripe, npm) = (live(1), key("npm-token", 1));
    folder.write("a", format!("{stripe} # keystay:allow npm-token\n{npm} # keystay:allow npm-token\n"));
    folder.write("b", format!("{stripe} {npm} <!-- keystay:allow npm-token, stripe-secret-key -->\n"));
    folder.write("c", format!("{stripe} // keystay:allow stripe-sercet-key\n"));
    assert_eq!(folder.scan(&["."]).places(), ["a:1:1", "c:1:1"]);
}

#[test]
fn a_comment_at_the_first_line_of_a_private_key_allows_it() {
    let folder = Folder::new();
    folder.write("a", format!("# keystay:allow\n{}\n", private_key()));
    assert_eq!(folder.scan(&["."]).out, "");
}

#[test]
fn what_the_baseline_has_is_not_reported_again_even_in_another_line() {
    let folder = Folder::new();
    folder.write("a", format!("{}\n", live(1)));
    let answer = folder.scan(&["--baseline", "known.json", "--write-baseline", "."]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    let answer = folder.scan(&["--baseline", "known.json", "."]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    assert!(answer.err.contains("1 in the baseline"), "{}", answer.err);
    folder.write("a", format!("\n\n  key: {}\n{}\n", live(1), live(2)));
    assert_eq!(folder.scan(&["--baseline", "known.json", "."]).places(), ["a:4:1"]);
}

#[test]
fn a_baseline_holds_no_part_of_a_secret_and_another_salt_each_time() {
    let folder = Folder::new();
    let key = live(1);
    folder.write("a", &key);
    folder.scan(&["--baseline", "one.json", "--write-baseline", "a"]);
    folder.scan(&["--baseline", "two.json", "--write-baseline", "a"]);
    let (one, two) = (folder.read("one.json"), folder.read("two.json"));
    let own: Vec<char> = key["sk_live_".len()..].chars().collect();
    for four in own.windows(4) {
        let four: String = four.iter().collect();
        assert!(!one.contains(&four), "{four} in {one}");
    }
    let marks = |text: &str| {
        let baseline: serde_json::Value = serde_json::from_str(text).expect("a baseline is JSON");
        baseline["findings"]["a"]["stripe-secret-key"][0].as_str().map(str::to_string)
    };
    assert!(marks(&one).is_some() && marks(&one) != marks(&two));
}

#[test]
fn a_baseline_that_is_written_again_keeps_what_is_still_there() {
    let folder = Folder::new();
    folder.write("a", live(1)).write("b", live(2));
    folder.scan(&["--baseline", "known.json", "--write-baseline", "."]);
    folder.write("b", "").write("c", live(3));
    folder.scan(&["--baseline", "known.json", "--write-baseline", "."]);
    assert_eq!(folder.scan(&["--baseline", "known.json", "."]).code, 0);
    assert!(!folder.read("known.json").contains("\"b\""));
}

#[test]
fn a_missing_baseline_is_empty_and_a_wrong_one_is_an_error() {
    let folder = Folder::new();
    folder.write("a", live(1)).write("wrong.json", "{}");
    assert_eq!(folder.scan(&["--baseline", "none.json", "a"]).places(), ["a:1:1"]);
    let answer = folder.scan(&["--baseline", "wrong.json", "a"]);
    assert!(answer.code == 2 && answer.err.contains("--write-baseline"), "{}", answer.err);
}
