//! `keystay rules`, `explain`, `sample` and what the shell gets.

use keystay::rules::Rule;

use crate::tool::Folder;

#[test]
fn the_rules_are_listed_with_provider_kind_severity_and_proof() {
    let answer = Folder::new().run(&["rules"]);
    assert_eq!(answer.out.lines().count(), 1 + Rule::all().len());
    let npm = answer.out.lines().find(|line| line.starts_with("npm-token ")).expect("npm's token is listed");
    assert_eq!(npm.split_whitespace().collect::<Vec<_>>(), ["npm-token", "npm", "live", "critical", "crc32-base62"]);
}

#[test]
fn the_rules_can_be_filtered_counted_and_read_by_programs() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["rules", "--count"]).out, format!("{}\n", Rule::all().len()));
    let rules = folder.run(&["rules", "STRIPE", "test", "--json"]).json();
    assert_eq!(rules[0]["id"], "stripe-secret-test-key");
    assert_eq!(rules.as_array().map(Vec::len), Some(1));
    assert_eq!(folder.run(&["rules", "no such provider"]).code, 2);
}

#[test]
fn a_rule_is_explained_with_shape_proof_revocation_and_a_practice_key() {
    let out = Folder::new().run(&["explain", "npm-token"]).out;
    for part in
        ["npm access token", "npm_[A-Za-z0-9]{36}", "crc32-base62", "NPM_TOKEN", "Revoke", "GitHub tells the provider"]
    {
        assert!(out.contains(part), "{part} is missing: {out}");
    }
    let practice = out.lines().find(|line| line.starts_with("Practice key")).expect("there is a practice key");
    assert!(practice.contains("nobody issued it"));
}

#[test]
fn every_rule_can_be_explained() {
    let folder = Folder::new();
    for rule in Rule::all() {
        let answer = folder.run(&["explain", &rule.id]);
        assert!(answer.code == 0 && answer.out.contains("Practice key"), "{}: {}", rule.id, answer.err);
    }
}

#[test]
fn an_unknown_rule_is_an_error_that_names_the_nearest() {
    let folder = Folder::new();
    for command in ["explain", "sample"] {
        let answer = folder.run(&[command, "npm-tokn"]);
        assert!(answer.code == 2 && answer.err.contains("did you mean npm-token?"), "{}", answer.err);
    }
}

#[test]
fn completions_and_the_manual_are_printed() {
    let folder = Folder::new();
    assert!(folder.run(&["completions", "bash"]).out.contains("keystay"));
    assert!(folder.run(&["man"]).out.contains(".TH keystay"));
}
