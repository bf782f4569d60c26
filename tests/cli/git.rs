//! Staged changes and history.

use crate::tool::{Answer, Folder, live, private_key};

fn repository() -> Folder {
    let folder = Folder::new();
    folder.git(&["init", "--quiet"]).write("a", "one\ntwo\nthree\n").commit("first");
    folder
}

/// The subjects of the commits that findings name.
fn subjects(folder: &Folder, answer: &Answer) -> Vec<String> {
    let ids = answer.out.lines().filter_map(|line| line.split_once("[commit ")?.1.split(',').next());
    ids.map(|id| {
        let output = std::process::Command::new("git")
            .args(["log", "-1", "--format=%s", id])
            .current_dir(folder.path())
            .output()
            .expect("git is installed");
        String::from_utf8_lossy(&output.stdout).trim().to_string()
    })
    .collect()
}

#[test]
fn only_what_is_staged_is_scanned_and_only_lines_that_are_new() {
    let folder = repository();
    folder.write("a", format!("one\n{}\nthree\n", live(1))).commit("a key that is there already");
    folder.write("a", format!("zero\none\n{}\nthree\n{}\n", live(1), live(2))).git(&["add", "a"]);
    folder.write("b", live(3)).write("a", live(4));
    let answer = folder.scan(&["--staged"]);
    assert_eq!((answer.places(), answer.code), (vec!["a:5:1"], 1));
    assert!(answer.err.contains("in 1 patch "), "{}", answer.err);
}

#[test]
fn a_key_that_was_removed_is_found_in_the_commit_that_brought_it() {
    let folder = repository();
    folder.write("a", format!("one\n{}\n", live(1))).commit("second");
    folder.write("a", "one\n").commit("third");
    folder.git(&["checkout", "--quiet", "-b", "branch", "HEAD~1"]).write("b", live(2)).commit("on a branch");
    folder.git(&["checkout", "--quiet", "main"]);
    assert_eq!(folder.scan(&["."]).out, "");
    let answer = folder.scan(&["--history"]);
    assert_eq!(subjects(&folder, &answer), ["second", "on a branch"]);
    assert_eq!((answer.places(), answer.code), (vec!["a:2:1", "b:1:1"], 1));
    assert_eq!(subjects(&folder, &folder.scan(&["--history", "main~2..main"])), ["second"]);
    assert_eq!(folder.scan(&["--history", "main~1..main"]).out, "");
}

#[test]
fn a_key_that_comes_again_and_again_is_reported_where_it_first_came() {
    let folder = repository();
    folder.write("a", live(1)).commit("brought");
    folder.write("a", "nothing").commit("removed");
    folder.write("a", live(1)).commit("brought again");
    assert_eq!(subjects(&folder, &folder.scan(&["--history"])), ["brought"]);
}

#[test]
fn a_patch_that_is_on_several_branches_is_scanned_once() {
    let folder = repository();
    folder.git(&["checkout", "--quiet", "-b", "one"]).write("b", live(1)).commit("on one");
    folder.git(&["checkout", "--quiet", "-b", "two", "main"]).write("b", live(1)).commit("on two");
    let answer = folder.scan(&["--history"]);
    assert_eq!(answer.out.lines().count(), 1);
    assert!(answer.err.contains("in 2 patches"), "{}", answer.err);
}

#[test]
fn what_only_a_merge_brings_is_found() {
    let folder = repository();
    folder.git(&["checkout", "--quiet", "-b", "branch"]).write("a", "theirs\n").commit("theirs");
    folder.git(&["checkout", "--quiet", "main"]).write("a", "ours\n").commit("ours");
    folder.git(&["merge", "--quiet", "--strategy", "ours", "--no-commit", "branch"]);
    folder.write("a", format!("both\n{}\n", live(1))).commit("merged");
    let answer = folder.scan(&["--history"]);
    assert_eq!((answer.places(), subjects(&folder, &answer)), (vec!["a:2:1"], vec!["merged".to_string()]));
}

#[test]
fn only_commits_after_a_date_are_scanned() {
    let folder = repository();
    folder.write("a", live(1)).commit_at("2020-02-02T12:00:00Z", "old");
    folder.write("a", live(2)).commit_at("2022-02-02T12:00:00Z", "new");
    let since = |date| subjects(&folder, &folder.scan(&["--history", "main~2..main", "--since", date]));
    assert_eq!(since("2019-01-01"), ["old", "new"]);
    assert_eq!(since("2021-01-01"), ["new"]);
    assert_eq!(since("2023-01-01"), [""; 0]);
}

#[test]
fn archives_and_utf16_are_found_in_history_and_staged_although_git_calls_them_binary() {
    let folder = repository();
    let text: Vec<u8> = format!("\u{feff}{}", live(1)).encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("a folder/wide text", text).git(&["add", "."]);
    assert_eq!(folder.scan(&["--staged"]).places(), ["a folder/wide text:1:1"]);
    folder.commit("binary");
    assert_eq!(folder.scan(&["--history"]).places(), ["a folder/wide text:1:1"]);
}

#[test]
fn any_name_of_a_file_is_told_as_it_is() {
    let folder = repository();
    for (number, name) in ["with space", "ümläut", "quo\"te", "back\\slash", "b/b/b"].iter().enumerate() {
        folder.write(name, live(number as u64));
    }
    folder.commit("names");
    let mut answer = folder.scan(&["--history"]).places().iter().map(|place| (*place).to_string()).collect::<Vec<_>>();
    answer.sort();
    assert_eq!(answer, ["b/b/b:1:1", "back\\slash:1:1", "quo\"te:1:1", "with space:1:1", "ümläut:1:1"]);
}

#[test]
fn what_a_person_has_set_in_git_changes_nothing() {
    let folder = repository();
    folder.write("a", format!("one\ntwo\nthree\n{}\n", live(1)));
    for (setting, value) in [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("color.ui", "always"),
        ("diff.external", "false"),
        ("log.showSignature", "true"),
        ("diff.context", "0"),
        ("core.quotePath", "true"),
        ("diff.suppressBlankEmpty", "true"),
        ("log.follow", "true"),
        ("format.pretty", "oneline"),
        ("log.date", "relative"),
    ] {
        folder.git(&["config", setting, value]);
    }
    folder.git(&["-c", "color.ui=never", "add", "a"]);
    assert_eq!(folder.scan(&["--staged"]).places(), ["a:4:1"]);
    folder.commit("second");
    assert_eq!(folder.scan(&["--history"]).places(), ["a:4:1"]);
}

#[test]
fn a_private_key_of_many_lines_and_a_long_line_are_found_in_patches() {
    let folder = repository();
    let key = private_key();
    let long = format!("{}{}{}", "x ".repeat(100_000), live(1), " y".repeat(100_000));
    folder.write("a", format!("one\n{key}\n{long}\n")).commit("keys");
    let answer = folder.scan(&["--history"]);
    let lines = key.lines().count();
    assert_eq!(answer.places(), ["a:2:1".to_string(), format!("a:{}:200001", 2 + lines)]);
}

#[test]
fn comments_globs_and_baselines_count_in_git_too() {
    let folder = repository();
    folder.write("a", format!("{} # keystay:allow\n", live(1))).write("b.snap", live(2)).write("c", live(3));
    folder.commit("keys");
    assert_eq!(folder.scan(&["--history", "--exclude", "*.snap"]).places(), ["c:1:1"]);
    folder.scan(&["--history", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(folder.scan(&["--history", "--baseline", "known.json"]).out, "");
    // The same paths, the same baseline.
    assert_eq!(folder.scan(&["--baseline", "known.json", "."]).out, "");
}

#[test]
fn a_folder_in_the_repository_can_be_named_and_any_other_is_an_error() {
    let folder = Folder::new();
    folder.write("repository/a", live(1));
    let repository = folder.path().join("repository");
    let name = repository.to_str().expect("the path is UTF-8");
    folder.git(&["-C", name, "init", "--quiet"]).git(&["-C", name, "add", "."]);
    assert_eq!(folder.scan(&["repository", "--staged"]).places(), ["a:1:1"]);
    let answer = folder.scan(&["--staged"]);
    assert!(answer.code == 2 && answer.err.contains("is in no git repository"), "{}", answer.err);
    let answer = folder.scan(&["repository", "--history", "no-such-branch"]);
    assert!(answer.code == 2 && answer.err.contains("no-such-branch"), "{}", answer.err);
    let answer = folder.scan(&["repository", "--history", "repository"]);
    assert!(answer.err.contains("a folder stands before --history"), "{}", answer.err);
    assert_eq!(folder.scan(&["repository", "--history", "--output=x"]).code, 0);
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let folder = repository();
    folder.write("a", "two").commit("second");
    let url = format!("file://{}", folder.path().display());
    folder.git(&["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let answer = folder.scan(&["clone", "--history"]);
    assert!(answer.err.contains("shallow"), "{}", answer.err);
}
