//! How findings are written, and that no secret is.

use serde_json::Value;

use crate::tool::{Folder, key, live, test_key};

/// A folder with keys of many kinds and in many places.
fn folder() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let keys: Vec<String> =
        ["stripe-secret-key", "npm-token", "anthropic-api-key", "aws-secret-access-key", "openai-api-key"]
            .iter()
            .filter(|id| keystay::rules::Rule::named(id).is_some())
            .map(|id| key(id, 5))
            .collect();
    folder.git(&["init", "--quiet"]);
    for (number, key) in keys.iter().enumerate() {
        folder.write(&format!("src/{number}.env"), format!("A_SECRET_ACCESS_KEY={key}\npassword: {key}\n"));
    }
    folder.write("test key.txt", test_key());
    folder.commit(&keys[0]);
    (folder, keys)
}

#[test]
fn no_output_holds_a_part_of_a_secret_unless_secrets_are_asked_for() {
    let (folder, keys) = folder();
    for format in ["text", "json", "sarif"] {
        for place in [&["."][..], &["--history"]] {
            let arguments = [&["--level", "all", "--format", format], place].concat();
            let answer = folder.scan(&arguments);
            let said = answer.out.clone() + &answer.err;
            for key in &keys {
                let own = &key[key.len() - 12..key.len() - 2];
                assert!(!said.contains(own), "{arguments:?} tells {own}");
            }
            assert!(answer.out.contains("••••••••"), "{arguments:?} shows what it found: {}", answer.out);
            let answer = folder.scan(&[&arguments, &["--show-secrets"][..]].concat());
            assert!(answer.out.contains(&keys[0]), "{arguments:?} shows secrets when told to");
        }
    }
}

#[test]
fn json_has_what_a_script_needs() {
    let folder = Folder::new();
    folder.write("a b.env", format!("A=1\nB={}\n", live(1)));
    let report = folder.scan(&["--format", "json", "."]).json();
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "stripe-secret-key");
    assert_eq!(
        (finding["path"].as_str(), finding["line"].as_u64(), finding["column"].as_u64()),
        (Some("a b.env"), Some(2), Some(3))
    );
    assert_eq!(finding["endColumn"].as_u64(), Some(3 + live(1).len() as u64));
    for (field, value) in
        [("level", "warn"), ("severity", "critical"), ("kind", "live"), ("confidence", "high"), ("proof", "silent")]
    {
        assert_eq!(finding[field], value);
    }
    assert!(finding["revoke"].as_str().is_some_and(|page| page.starts_with("https://")));
    assert!(finding.get("secret").is_none());
    assert_eq!(report["scanned"]["texts"], 1);
}

#[test]
fn a_secret_and_the_id_beside_it_are_one_row_that_names_both_and_the_account() {
    let folder = Folder::new();
    let (id, secret) = (key("aws-access-key-id", 2), key("aws-secret-access-key", 2));
    folder.write("a.env", format!("AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\n"));
    let rows = folder.scan(&["."]).out;
    assert_eq!(rows.lines().count(), 1, "{rows}");
    assert!(rows.contains("AWS secret access key") && rows.contains("with its AWS access key id AKIA••••"), "{rows}");
    assert!(rows.contains("belongs to the AWS account") && !rows.contains(&secret) && !rows.contains(&id), "{rows}");
    let report = folder.scan(&["--format", "json", "."]).json();
    assert_eq!(report["findings"][0]["beside"][0]["name"], "AWS access key id");
}

#[test]
fn sarif_has_rules_with_help_places_and_fingerprints_that_stay_when_lines_move() {
    let folder = Folder::new();
    folder.write("a b.env", format!("{}\n{}\n", live(1), live(1)));
    let first = folder.scan(&["--format", "sarif", "."]).json();
    let run = &first["runs"][0];
    assert_eq!((first["version"].as_str(), run["columnKind"].as_str()), (Some("2.1.0"), Some("unicodeCodePoints")));
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "stripe-secret-key");
    assert!(rule["help"]["text"].as_str().is_some_and(|help| help.contains("Revoke it")));
    assert!(rule["helpUri"].as_str().is_some_and(|page| page.starts_with("https://")));
    let results = run["results"].as_array().expect("there are results");
    assert_eq!(results.len(), 2);
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.env");
    assert_eq!((place["region"]["startLine"].as_u64(), place["region"]["startColumn"].as_u64()), (Some(2), Some(1)));
    assert_eq!((results[0]["level"].as_str(), results[0]["ruleIndex"].as_u64()), (Some("error"), Some(0)));
    folder.write("a b.env", format!("\n\n{}\n{}\n", live(1), live(1)));
    let second = folder.scan(&["--format", "sarif", "."]).json();
    let fingerprints = |log: &Value| -> Vec<Value> {
        let results = log["runs"][0]["results"].as_array().expect("there are results");
        results.iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    assert_eq!(fingerprints(&first), fingerprints(&second));
    assert_ne!(fingerprints(&first)[0], fingerprints(&first)[1]);
}

#[test]
fn sarif_says_what_was_not_scanned() {
    let folder = Folder::new();
    folder.write("a.zip", "PK\x03\x04 and nothing more");
    let log = folder.scan(&["--format", "sarif", "."]).json();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(
        invocation["toolExecutionNotifications"][0]["message"]["text"]
            .as_str()
            .is_some_and(|text| text.contains("a.zip"))
    );
}

#[test]
fn colours_are_off_where_they_are_not_wanted() {
    let folder = Folder::new();
    folder.write("a", live(1));
    // A terminal is simulated by the variable that asks for colours everywhere.
    let coloured = |arguments: &[&str], variable: &str| {
        let mut tool = folder.tool(&[&["scan", "a"], arguments].concat());
        let output = tool.env("CLICOLOR_FORCE", "1").env(variable, "1").output().expect("the tool is there");
        output.stdout.contains(&0x1b) || output.stderr.contains(&0x1b)
    };
    assert!(coloured(&[], "NOTHING"));
    assert!(!coloured(&["--no-color"], "NOTHING"));
    assert!(!coloured(&["--output", "report"], "NOTHING") && !folder.read("report").contains('\u{1b}'));
}

#[test]
fn a_report_goes_to_a_file_without_colours() {
    let folder = Folder::new();
    folder.write("a", live(1));
    let answer = folder.scan(&["--output", "report.txt", "a"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(folder.read("report.txt").starts_with("a:1:1: warn: "));
}
