//! What a company's own rules promise, made at run time from the same schema as the built-in ones.

#![cfg(feature = "sample")]

use keystay::judgement;
use keystay::policy::{Destination, Settings};
use keystay::redact::Secret;
use keystay::rules::{
    Confidence, CustomRules, LONGEST_FIELD, LONGEST_FILE, LONGEST_MATCH, LONGEST_PATTERN, MOST_LIST, MOST_RULES,
    MOST_STATES, Refused, Rule,
};
use keystay::scan::Scanner;
use proptest::prelude::*;

const HEAD: &str = "provider = \"Acme\"\n";

fn rule(id: &str, rest: &str) -> String {
    format!("[[rule]]\nid = \"{id}\"\nname = \"Acme {id}\"\nenv = \"ACME_KEY\"\nseverity = \"high\"\n{rest}\n")
}

fn compile(text: &str) -> (CustomRules, Vec<Refused>) {
    CustomRules::compile(&[("acme.toml", text)])
}

/// The only reason for which a file with one rule is refused.
fn reason(text: &str) -> String {
    let (custom, refused) = compile(text);
    assert!(custom.is_empty());
    let [refused] = refused.try_into().unwrap_or_else(|refused| panic!("not one refusal: {refused:?}"));
    let Refused { file, rule, reason } = refused;
    assert_eq!(file, "acme.toml");
    format!("{rule}: {reason}")
}

#[test]
fn a_token_of_a_company_is_found_with_its_rule_and_its_place() {
    let text = format!(
        "{HEAD}docs = \"https://keys.acme.test\"\n{}{}",
        rule("acme-key", "pattern = 'acme_[A-Za-z0-9]{32}'"),
        rule("acme-code", "pattern = '[0-9a-f]{32}'\ncontext = [\"acme\"]\nnear = \"assignment\"")
    );
    let (custom, refused) = compile(&text);
    assert_eq!(refused, []);
    let samples: Vec<String> =
        custom.rules().iter().map(|rule| rule.sample(&mut fastrand::Rng::with_seed(5))).collect();
    let scanner = Scanner::with(custom, None);
    for around in ["{}", "the key is {}.", "key=\"{}\"", "é {} 🔑", "a\n\t{}\n", "x?k={}&y=1"] {
        let text = around.replace("{}", &samples[0]);
        let findings = scanner.scan(&text, 0).findings;
        assert_eq!(findings.len(), 1, "{text}");
        assert_eq!((findings[0].rule.id.as_ref(), &text[findings[0].span.clone()]), ("acme-key", samples[0].as_str()));
        assert_eq!(findings[0].confidence, Confidence::High);
    }
    let text = format!("ACME_CODE={} and {}", samples[1], samples[1].replace(['a', 'b'], "c"));
    let findings = scanner.scan(&text, 0).findings;
    let spans: Vec<_> = findings.iter().map(|finding| (finding.span.start, finding.span.end)).collect();
    assert_eq!(spans, [(10, 42)]);
    for miss in [format!("x{}", samples[0]), samples[0][..36].to_string(), "acme_short".to_string(), samples[1].clone()]
    {
        assert_eq!(scanner.scan(&miss, 0).findings.len(), 0, "{miss}");
    }
}

#[test]
fn a_company_rule_is_judged_hidden_and_seen_through_disguises_like_a_built_in_one() {
    use base64::Engine as _;
    let (custom, _) = compile(&format!("{HEAD}{}", rule("acme-key", "pattern = 'acme_[A-Za-z0-9]{32}'")));
    let token = custom.rules()[0].sample(&mut fastrand::Rng::with_seed(6));
    let scanner = Scanner::with(custom, None);
    let encoded = base64::engine::general_purpose::STANDARD.encode(format!("user:{token}"));
    for text in [token.replace('_', "%5F"), token.replace('a', "\u{430}"), token.replace('m', "m\u{200b}"), encoded] {
        let flavours = [Secret::new(text.clone())];
        let judgement = judgement::judge(&scanner, &flavours, &Destination::default(), &Settings::default(), 0);
        assert_eq!((judgement.verdict, judgement.findings.len()), ("warn", 1), "{text}");
        let shown = &judgement.findings[0];
        assert_eq!((shown.rule, shown.provider), ("acme-key", "Acme"));
        assert!(!shown.masked.contains(&token[8..12]));
        assert_eq!(shown.replacement.as_ref().map(|replacement| replacement.text.as_str()), Some("$ACME_KEY"));
    }
}

#[test]
fn built_in_rules_still_work_beside_company_rules() {
    let (custom, _) = compile(&format!("{HEAD}{}", rule("acme-key", "pattern = 'acme_[A-Za-z0-9]{32}'")));
    let scanner = Scanner::with(custom, None);
    let mut random = fastrand::Rng::with_seed(7);
    for rule in Rule::all().iter().step_by(7) {
        let text = rule.in_context(&rule.sample(&mut random));
        assert_eq!(scanner.scan(&text, 0).findings, Scanner::shared().scan(&text, 0).findings, "{}", rule.id);
    }
}

#[test]
fn a_bad_rule_is_refused_by_name_and_the_others_work() {
    let text = format!(
        "{HEAD}{}{}[[rule]]\nname = \"no id\"\n{}",
        rule("acme-good", "pattern = 'acme_[a-z0-9]{20}'"),
        rule("acme-bad", "pattern = 'acme_[a-z'"),
        rule("acme-better", "pattern = 'acmeb_[a-z0-9]{20}'"),
    );
    let (custom, refused) =
        CustomRules::compile(&[("a.toml", text.as_str()), ("b.toml", "provider = "), ("c.toml", HEAD)]);
    assert_eq!(custom.rules().iter().map(|rule| rule.id.as_ref()).collect::<Vec<_>>(), ["acme-good", "acme-better"]);
    let named: Vec<_> = refused.iter().map(|refused| (refused.file.as_str(), refused.rule.as_str())).collect();
    assert_eq!(named, [("a.toml", "acme-bad"), ("a.toml", "rule 3"), ("b.toml", ""), ("c.toml", "")]);
    assert!(refused[0].reason.contains("the pattern does not parse"), "{refused:?}");
    assert!(refused[1].reason.contains("missing field `id`"), "{refused:?}");
    assert!(refused[2].reason.starts_with("line 1: "), "{refused:?}");
    assert!(refused[3].reason.contains("a rule begins with [[rule]]"), "{refused:?}");
}

#[test]
fn a_file_in_json_says_the_same_as_one_in_toml() {
    let json = r#" {"provider": "Acme", "rule": [
        {"id": "acme-key", "name": "Acme key", "env": "ACME_KEY", "severity": "high", "pattern": "acme_[a-z]{20}"},
        {"id": "acme-bad", "name": "Acme"}
    ]}"#;
    let (custom, refused) = compile(json);
    assert_eq!(custom.rules().iter().map(|rule| rule.id.as_ref()).collect::<Vec<_>>(), ["acme-key"]);
    let toml = format!("{HEAD}{}", rule("acme-key", "pattern = 'acme_[a-z]{20}'"));
    assert_eq!(custom.leads(), compile(&toml).0.leads());
    assert_eq!((refused.len(), refused[0].rule.as_str()), (1, "acme-bad"), "{refused:?}");
    assert!(reason("{\"provider\": \"Acme\", ").contains("line 1"));
}

#[test]
fn every_limit_is_kept_and_its_message_says_what_to_do() {
    let long = "x".repeat(LONGEST_FIELD + 1);
    let list = |entry: &str, count: usize| vec![format!("\"{entry}\""); count].join(", ");
    let good = "pattern = 'acme_[a-z0-9]{20}'";
    for (text, expected) in [
        (
            rule("acme", &format!("pattern = 'acme_{}'", "[a]".repeat(LONGEST_PATTERN / 3))),
            "acme: the pattern is longer than",
        ),
        (
            rule("acme", &format!("pattern = 'acme_[a-z]{{{LONGEST_MATCH}}}'")),
            "acme: a match can be 1029 bytes long; at most 1024",
        ),
        (
            rule("acme", &format!("pattern = 'acme_[a-z]{{{LONGEST_MATCH},}}'")),
            "acme: no match is shorter than 1029 bytes",
        ),
        (
            rule("acme", &format!("pattern = 'acme_(?:(?:ab?c?){{9}}[a-z]*){{{}}}'", MOST_STATES / 60)),
            "states, at most",
        ),
        (rule("acme", "pattern = 'acme_(?:(?:[a-z]*){1000}){1000}'"), "states, at most"),
        (rule("Acme", good), "Acme: an id is made of a-z, 0-9 and -"),
        (rule("npm-token", good), "npm-token: the id belongs to a built-in rule; put your company's name in front"),
        (rule("own-secret", good), "own-secret: the id belongs to a built-in rule"),
        (rule("acme", good).replace("ACME_KEY", "A B"), "acme: env is the name of an environment variable"),
        (rule("acme", good).replace("Acme acme", &long), "acme: name is one line of at most 200 bytes"),
        (rule("acme", good).replace("Acme acme", "a\u{202e}b"), "acme: name is one line of at most 200 bytes"),
        (
            rule("acme", &format!("{good}\ncontext = [{}]", list("acme", MOST_LIST + 1))),
            "acme: context has more than 64 entries",
        ),
        (rule("acme", "pattern = '[a-z]{20}'"), "acme: the pattern has no literal of 3 or more characters"),
        (rule("acme", "pattern = 'acme_(a)'"), "acme: a company's rule takes its whole match for the secret"),
        (rule("acme", "pattern = 'acme_[a-z]+\\b'"), "acme: anchors and word boundaries"),
        (rule("acme", "pattern = '(?:acme)?'"), "acme: the pattern matches the empty string"),
        (
            rule("acme", "pattern = '(?x)acme_[a-z]{20} # all'"),
            "acme: the pattern holds a comment; leave out (?x) and #",
        ),
        (rule("acme", "pattern = 'schlüssel_[a-z]{20}'"), "acme: tokens are ASCII"),
        (rule("acme", &format!("{good}\nproof = \"magic\"")), "acme: there is no proof `magic`; there are: "),
        (rule("acme", &format!("{good}\ncolour = 1")), "acme: unknown field `colour`"),
        (format!("# {}", "x".repeat(LONGEST_FILE)), ": the file is longer than 262144 bytes; make several files of it"),
        ("sites = 1\n[[rule]]\n".to_string(), ": invalid type: integer `1`, expected a sequence"),
    ] {
        let reason = reason(&format!("{HEAD}{text}"));
        assert!(reason.contains(expected), "expected {expected:?}, got {reason:?}");
    }
}

#[test]
fn there_are_limits_for_all_rules_together() {
    let many: String =
        (0..=MOST_RULES).map(|i| rule(&format!("acme-{i}"), &format!("pattern = 'acme{i}_[a-z]{{9}}'"))).collect();
    let halves: Vec<_> = many.split_inclusive("}'\n").map(|rule| ("many.toml", format!("{HEAD}{rule}"))).collect();
    let (custom, refused) = CustomRules::compile(&halves);
    assert_eq!((custom.rules().len(), refused.len()), (MOST_RULES, 1));
    assert!(refused[0].reason.contains("more than 500 rules"), "{refused:?}");

    let large: String =
        (0..120).map(|i| rule(&format!("acme-{i}"), &format!("pattern = 'acme{i}_[a-z]{{1000}}'"))).collect();
    let (custom, refused) = compile(&format!("{HEAD}{large}"));
    assert!(
        custom.rules().len() < 100 && refused.iter().all(|refused| refused.reason.contains("all patterns together")),
        "{refused:?}"
    );

    let words: Vec<String> = (0..64).map(|word| format!("\"word {word}\"")).collect();
    let wordy =
        |i: usize| rule(&format!("acme-{i}"), &format!("pattern = '[a-z]{{20}}'\ncontext = [{}]", words.join(", ")));
    let (custom, refused) = compile(&format!("{HEAD}{}", (0..65).map(wordy).collect::<String>()));
    assert_eq!((custom.rules().len(), refused.len()), (64, 1));
    assert!(refused[0].reason.contains("literals and context words"), "{refused:?}");
}

#[test]
fn an_id_used_twice_names_the_other_file() {
    let text = format!("{HEAD}{}", rule("acme", "pattern = 'acme_[a-z0-9]{20}'"));
    let (custom, refused) = CustomRules::compile(&[("a.toml", &text), ("b.toml", &text)]);
    assert_eq!((custom.rules().len(), refused.len()), (1, 1));
    assert_eq!(
        (refused[0].file.as_str(), refused[0].reason.as_str()),
        ("b.toml", "the id is used twice; the other one is in a.toml")
    );
}

#[test]
fn the_tripwire_is_told_the_literals_and_words_of_all_rules_but_public_ones() {
    let text = format!(
        "{HEAD}{}{}{}",
        rule("a", "pattern = 'Acme_[a-z0-9]{20}'"),
        rule("b", "pattern = '[a-z0-9]{20}'\ncontext = [\"zebra\"]"),
        rule("c", "pattern = 'public_[a-z0-9]{20}'\nkind = \"publishable\""),
    );
    assert_eq!(compile(&text).0.leads(), ["acme_", "zebra"]);
}

fn toml() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[[rule]]\n".to_string()),
        Just("provider = \"p\"\n".to_string()),
        Just("id = \"a\"\nname = \"n\"\nenv = \"E\"\nseverity = \"low\"\n".to_string()),
        "pattern = '[a-z()\\[\\]{}?*+.|\\\\0-9-]{0,30}'\n",
        "context = \\[\"[a-z]{0,5}\"\\]\n",
        "(docs|sites|proof|rule|kind|near) = (1|\"x\"|\\[\\]|true|2020-01-01)\n",
        ".{0,30}\n",
    ];
    proptest::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_file_and_no_text_makes_it_panic(file in toml(), text in "(aaa|[a-z0-9{}() ]{0,9}|.{0,5}){0,9}") {
        let (custom, _) = CustomRules::compile(&[("any.toml", file)]);
        let _ = custom.leads();
        let scanner = Scanner::with(custom, None);
        for finding in scanner.scan(&text, 0).findings {
            prop_assert!(text.get(finding.span).is_some());
        }
    }

    #[test]
    fn no_pattern_makes_it_panic(pattern in "(aaa|[a-z]|\\[[a-z]-[a-z]\\]|[|?*+.^$\\\\()]|\\{[0-9]{0,4},?[0-9]{0,4}\\}|\\(\\?[:isxuU-]{0,3}|.){1,12}", text in "(aaa|[a-z]{0,3}| |-){0,20}") {
        let quoted = format!("{HEAD}{}", rule("a", &format!("pattern = '''{}'''", pattern.replace('\'', ""))));
        let (custom, _) = compile(&quoted);
        let scanner = Scanner::with(custom, None);
        for finding in scanner.scan(&text, 0).findings {
            prop_assert!(text.get(finding.span).is_some());
        }
    }
}
