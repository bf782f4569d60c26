//! What the engine promises for any text.

#![cfg(feature = "sample")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use keystay::judgement;
use keystay::policy::{Destination, Mode, Settings, Value};
use keystay::redact::Secret;
use keystay::rules::Rule;
use keystay::scan::{Finding, LONGEST_TEXT, MOST_FINDINGS, Scanner};
use proptest::prelude::*;

fn scanner() -> &'static Scanner {
    Scanner::shared()
}

/// Text with tokens, pieces of tokens and all kinds of characters between them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<u64>().prop_map(token),
        any::<u64>().prop_map(|seed| token(seed).chars().take(12).collect()),
        ".{0,40}",
        "[a-z=:\"' \n]{0,20}",
        Just("\u{0}".to_string()),
        Just("🔑\u{200b}".to_string()),
        Just("שלום".to_string()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn token(seed: u64) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    let rules = Rule::all();
    let rule = &rules[random.usize(..rules.len())];
    rule.in_context(&rule.sample(&mut random))
}

#[test]
fn whoever_tries_a_text_is_told_of_everything_in_it_and_what_would_follow() {
    let mut random = fastrand::Rng::with_seed(3);
    let mut sample = |id: &str| Rule::named(id).expect("the rule is built in").sample(&mut random);
    let (live, public) = (sample("stripe-secret-key"), sample("stripe-publishable-key"));
    let text = Secret::new(format!("{live}\n{public}"));
    let (settings, _) = Settings::read([("blockRules".into(), Value::List(vec!["stripe-secret-key".into()]))]);
    let explained = judgement::explain(scanner(), &text, &settings, 0);
    let said: Vec<_> = explained.iter().map(|one| (one.shown.rule, one.verdict)).collect();
    assert_eq!(said, [("stripe-secret-key", "block"), ("stripe-publishable-key", "allow")]);
    assert!(explained.iter().all(|one| !one.shown.masked.contains(&live[12..20])));
}

/// A token that its shape alone leads to.
fn token_without_context(seed: u64) -> String {
    let mut random = fastrand::Rng::with_seed(seed);
    let rules: Vec<_> = Rule::all().iter().filter(|rule| !rule.needs_context()).collect();
    rules[random.usize(..rules.len())].sample(&mut random)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn findings_lie_inside_the_text_in_order_and_on_character_boundaries(text in text()) {
        let mut end = 0;
        for finding in scanner().scan(&text, 0).findings {
            prop_assert!(finding.span.start >= end);
            prop_assert!(text.get(finding.span.clone()).is_some_and(|span| !span.is_empty()));
            prop_assert!(text.get(finding.secret.clone()).is_some());
            prop_assert!(finding.secret.start >= finding.span.start && finding.secret.end <= finding.span.end);
            end = finding.span.end;
        }
    }

    #[test]
    fn a_key_is_found_wherever_two_texts_are_joined(
        before in "[ a-z.\n]{0,200}",
        after in "[ a-z.\n]{0,200}",
        seed: u64,
        cut: prop::sample::Index,
    ) {
        let key = token_without_context(seed);
        let cut = cut.index(key.len());
        let (first, second) = (format!("{before}\n{}", &key[..cut]), format!("{}\n{after}", &key[cut..]));
        let (alone, joined) = (scanner().scan(&key, 0), format!("{first}{second}"));
        let place = before.len() + 1..before.len() + 1 + key.len();
        let findings = scanner().scan(&joined, 0).findings;
        let found = |rule| findings.iter().any(|finding| finding.rule == rule && place.start <= finding.span.start);
        for finding in &alone.findings {
            prop_assert!(found(finding.rule), "{} is lost between two texts", finding.rule.id);
        }
    }

    #[test]
    fn a_text_in_two_windows_that_overlap_has_the_findings_of_the_whole(
        seeds in proptest::collection::vec(any::<u64>(), 120),
    ) {
        let line = |seed: &u64| match seed.is_multiple_of(4) {
            true => token(*seed) + "\n",
            false => "and then nothing happened for a while\n".to_string(),
        };
        let lines: Vec<String> = seeds.iter().map(line).collect();
        let at = |count: usize| lines[..count].iter().map(String::len).sum::<usize>();
        let (start, middle, end) = (at(30), at(60), at(90));
        let text = lines.concat();
        let spans = |text: &str, from: usize| {
            let findings = scanner().scan(text, 0).findings;
            let span = |found: Finding<'static>| (from + found.span.start, from + found.span.end, &*found.rule.id);
            findings.into_iter().map(span).collect::<Vec<_>>()
        };
        let mut windows = spans(&text[..end], 0);
        windows.retain(|&(from, ..)| from < middle);
        windows.extend(spans(&text[start..], start).into_iter().filter(|&(from, ..)| from >= middle));
        prop_assert_eq!(windows, spans(&text, 0));
    }

    #[test]
    fn nothing_in_a_judgement_holds_four_characters_in_a_row_of_a_secret(text in text()) {
        let scan = scanner().scan(&text, 0);
        let judgement = judge(&[&text]);
        for finding in &scan.findings {
            let rule = finding.rule;
            let secret = &text[finding.secret.clone()];
            let own: Vec<char> = secret[rule.public_prefix(secret).len()..].chars().collect();
            for shown in judgement.findings.iter().filter(|shown| shown.rule == rule.id) {
                let public = rule.public_prefix(&shown.masked).len();
                let rest = &shown.masked[public..];
                for four in own.windows(4) {
                    let four: String = four.iter().collect();
                    prop_assert!(!rest.contains(&four), "{}: {}", rule.id, shown.masked);
                }
            }
        }
    }

    #[test]
    fn replacements_take_every_secret_out(text in text()) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let judgement = judge(&[&text]);
        let mut out = Vec::new();
        let mut at = 0;
        for replacement in judgement.findings.iter().filter_map(|shown| shown.replacement.as_ref()) {
            prop_assert!(replacement.start >= at && replacement.end <= units.len());
            out.extend_from_slice(&units[at..replacement.start]);
            out.extend(replacement.text.encode_utf16());
            at = replacement.end;
        }
        out.extend_from_slice(&units[at..]);
        let replaced = String::from_utf16(&out);
        prop_assert!(replaced.is_ok(), "a surrogate pair was cut");
        let replaced = replaced.unwrap_or_default();
        for finding in scanner().scan(&text, 0).findings {
            let shown = judgement.findings.iter().any(|shown| shown.rule == finding.rule.id && shown.replacement.is_some());
            let secret = &text[finding.secret.clone()];
            let once = text.matches(secret).count() == 1;
            prop_assert!(!shown || !once || secret.len() < 8 || !replaced.contains(secret));
        }
    }

    #[test]
    fn any_bytes_and_settings_give_a_judgement(bytes: Vec<u8>, frame: String, page: String) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let judgement = judgement::judge(scanner(), &[Secret::new(text)], &Destination::new(&frame, &page), &Settings::default(), 1);
        prop_assert!(!judgement.partial);
    }
}

fn judge(texts: &[&str]) -> judgement::Judgement<'static> {
    let flavours: Vec<Secret> = texts.iter().map(|text| Secret::new((*text).to_string())).collect();
    let destination = Destination::new("https://chat.example/", "https://chat.example/");
    judgement::judge(scanner(), &flavours, &destination, &Settings::default(), 0)
}

fn anthropic() -> String {
    let rule = Rule::named("anthropic-api-key").expect("the first set has Anthropic's key");
    rule.sample(&mut fastrand::Rng::with_seed(11))
}

#[test]
fn a_key_is_found_among_the_beginnings_of_others_however_many_there_are() {
    let list: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("slow-texts.json")).expect("the list of slow texts is JSON");
    let key = anthropic();
    for entry in list {
        let Some(piece) = entry["repeat"].as_str() else { continue };
        let around = piece.repeat((256 << 10) / piece.len());
        let text = format!("{around}\n{key}\n{around}");
        let place = around.len() + 1..around.len() + 1 + key.len();
        let scan = scanner().scan(&text, 0);
        let found = scan.findings.iter().any(|finding| finding.span == place);
        // The list of findings has an end, which is said.
        assert!(found || scan.partial, "{piece:?}");
    }
}

#[test]
fn dots_in_the_line_behind_a_key_are_no_mask_of_it() {
    for rule in Rule::all().iter().filter(|rule| !rule.needs_context()) {
        let key = rule.sample(&mut fastrand::Rng::with_seed(7));
        let alone = scanner().scan(&key, 0).findings.iter().any(|finding| finding.rule == rule);
        for next in ["...", "and so on..."] {
            let text = format!("{key}\n{next}");
            let followed = scanner().scan(&text, 0).findings.iter().any(|finding| finding.rule == rule);
            assert_eq!(alone, followed, "{}", rule.id);
        }
    }
}

#[test]
fn a_key_is_named_masked_and_replaceable() {
    let key = anthropic();
    let text = format!("🔑 const client = new Anthropic({{ apiKey: \"{key}\" }});");
    let judgement = judge(&[&text]);
    assert_eq!((judgement.verdict, judgement.site.as_str()), ("warn", "chat.example"));
    let finding = &judgement.findings[0];
    assert_eq!((finding.rule, finding.provider), ("anthropic-api-key", "Anthropic"));
    assert!(finding.masked.starts_with("sk-ant-api") && finding.masked.contains('•'));
    let replacement = finding.replacement.as_ref().expect("the plain text has a replacement");
    assert_eq!(replacement.text, "process.env.ANTHROPIC_API_KEY");
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[replacement.start..replacement.end]), format!("\"{key}\""));
}

#[test]
fn the_same_key_in_the_rich_text_is_listed_once_and_another_one_twice() {
    let key = anthropic();
    assert_eq!(judge(&[&key, &format!("<b>{key}</b>")]).findings.len(), 1);
    let hidden = judge(&["nothing to see", &format!("<b data-x=\"{key}\">nothing to see</b>")]);
    assert_eq!((hidden.verdict, hidden.findings[0].flavour), ("warn", 1));
    assert!(hidden.findings[0].replacement.is_none());
}

#[test]
fn modes_loosen_and_tighten_a_warning() {
    let key = anthropic();
    let destination = Destination::new("https://chat.example/", "https://chat.example/");
    let verdict = |settings: Settings| {
        judgement::judge(scanner(), &[Secret::new(key.clone())], &destination, &settings, 0).verdict
    };
    assert_eq!(verdict(Settings { mode: Mode::Block, ..Settings::default() }), "block");
    assert_eq!(verdict(Settings { mode: Mode::Monitor, ..Settings::default() }), "note");
    assert_eq!(verdict(Settings { block_rules: vec!["anthropic-api-key".into()], ..Settings::default() }), "block");
    assert_eq!(verdict(Settings { off_rules: vec!["anthropic-api-key".into()], ..Settings::default() }), "allow");
    assert_eq!(verdict(Settings { trusted_sites: vec!["chat.example".into()], ..Settings::default() }), "note");
}

#[test]
fn invisible_and_fullwidth_characters_hide_nothing_and_are_covered_by_the_mask() {
    let key = anthropic();
    let (first, second) = key.split_at(40);
    let fullwidth: String = key.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
    for hidden in [format!("{first}\u{200b}{second}"), format!("{first}\u{ad}\u{feff}{second}"), fullwidth] {
        let text = format!("key: {hidden} ok");
        let findings = scanner().scan(&text, 0).findings;
        assert_eq!(findings.len(), 1, "{} characters", hidden.chars().count());
        assert_eq!(&text[findings[0].secret.clone()], hidden);
    }
}

/// A token whose check digits are right.
fn github() -> String {
    let rule = Rule::named("github-pat-classic").expect("the first set has GitHub's classic token");
    rule.sample(&mut fastrand::Rng::with_seed(12))
}

#[test]
fn an_encoded_key_is_found_and_all_of_its_encoded_form_is_covered() {
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let entities = |text: &str| text.bytes().map(|byte| format!("&#{byte};")).collect::<String>();
    for key in [anthropic(), github()] {
        let base64 = BASE64.encode(&key);
        let json = BASE64.encode(format!("{{\"auth\": \"{key}\"}}"));
        for hidden in
            [&hex(&key), &percent(&key), &entities(&key), &base64, &json, &BASE64.encode(&base64), &percent(&base64)]
        {
            let text = format!("🔑 value: {hidden} ok");
            let findings = scanner().scan(&text, 0).findings;
            assert_eq!(findings.len(), 1, "{} characters", hidden.len());
            assert_eq!(&text[findings[0].secret.clone()], *hidden);
        }
    }
}

#[test]
fn a_key_with_check_digits_is_found_in_pieces_and_nothing_between_them_is_left() {
    let key = github();
    let (first, second) = key.split_at(20);
    for (before, pieces, after) in [
        ("token = ", format!("{first}\n{second}"), "\nnext"),
        ("token = ", format!("{first}\r\n        {second}"), ""),
        ("token = \"", format!("{first}\" + \"{second}"), "\";"),
        ("export T=", format!("{first}\\\n{second}"), " "),
        ("", format!("ghp_**{}", &key[4..]), "**"),
    ] {
        let text = format!("{before}{pieces}{after}");
        let findings = scanner().scan(&text, 0).findings;
        assert_eq!(findings.len(), 1, "{pieces:?}");
        assert_eq!(&text[findings[0].secret.clone()], pieces);
    }
}

#[test]
fn a_decoded_text_reports_only_what_speaks_for_itself() {
    let mut random = fastrand::Rng::with_seed(13);
    let value: String = (0..32).map(|_| random.alphanumeric()).collect();
    let text = format!("api_key = \"{value}\"");
    assert_eq!(scanner().scan(&text, 0).findings.len(), 1, "in plain text it is worth a note");
    let hidden = format!("see {}", BASE64.encode(format!("{{\"api_key\": \"{value}\"}}")));
    assert_eq!(scanner().scan(&hidden, 0).findings, []);
}

#[test]
fn what_is_decoded_has_a_depth() {
    let mut hidden = github();
    for depth in 1..=5 {
        hidden = BASE64.encode(&hidden);
        let found = scanner().scan(&format!("see {hidden}"), 0).findings.len();
        assert_eq!(found, usize::from(depth <= 3), "base64 {depth} times");
    }
}

#[test]
fn a_context_word_counts_only_where_a_word_begins() {
    let rule = Rule::named("datadog-key").expect("the rules have Datadog's key");
    let value = rule.sample(&mut fastrand::Rng::with_seed(14));
    let found = |text: String| scanner().scan(&text, 0).findings.iter().any(|finding| finding.rule == rule);
    for name in ["datadog", "DATADOG_KEY", "myDatadogKey", "my_datadog_key", "XMLDatadogKey", "\"datadog\""] {
        assert!(found(format!("{name} = \"{value}\"")), "{name}");
    }
    for name in ["fordatadog", "predataDOG"] {
        assert!(!found(format!("{name} = \"{value}\"")), "{name}");
    }
}

#[test]
fn an_assignment_is_known_in_code_in_data_and_in_xml() {
    let rule = Rule::named("railway-token").expect("the rules have Railway's token");
    let value = rule.sample(&mut fastrand::Rng::with_seed(16));
    let found = |text: String| scanner().scan(&text, 0).findings.iter().any(|finding| finding.rule == rule);
    for (before, after) in [
        ("RAILWAY_TOKEN=", ""),
        ("const railway_token = \"", "\";"),
        ("\"railway_token\": \"", "\""),
        ("railway_token := '", "'"),
        ("'railway_token' => '", "'"),
        ("<railway_token>", "</railway_token>"),
        ("<railway_token>\n    ", "\n</railway_token>"),
    ] {
        assert!(found(format!("{before}{value}{after}")), "{before}");
    }
    for before in ["see railway_token and ", "railway_token=a, ", "railway_token=\n"] {
        assert!(!found(format!("{before}{value}")), "{before}");
    }
}

#[test]
fn a_token_in_the_middle_of_base64_is_none_unless_it_proves_itself() {
    let easypost = Rule::named("easypost-key").expect("the rules have EasyPost's key");
    let token = easypost.sample(&mut fastrand::Rng::with_seed(15));
    assert_eq!(scanner().scan(&format!("\"a\"+{token}"), 0).findings.len(), 1);
    assert_eq!(scanner().scan(&format!("fNUXA/rYqRvfQ+{token}"), 0).findings, []);
    assert_eq!(scanner().scan(&format!("fNUXA/rYqRvfQ+{}", github()), 0).findings.len(), 1);
}

#[test]
fn limits_are_shown_at_under_and_over() {
    let scan = |length: usize| scanner().scan(&" ".repeat(length), 0).partial;
    assert!(!scan(LONGEST_TEXT - 1));
    assert!(!scan(LONGEST_TEXT));
    assert!(scan(LONGEST_TEXT + 1));
    let keys = |count: usize| scanner().scan(&format!("{}\n", anthropic()).repeat(count), 0);
    assert!(!keys(MOST_FINDINGS).partial);
    let over = keys(MOST_FINDINGS + 1);
    assert!(over.partial);
    assert_eq!(over.findings.len(), MOST_FINDINGS);
}

#[test]
fn a_text_that_was_only_partly_scanned_is_not_let_go_in_silence() {
    let text = "a ".repeat(LONGEST_TEXT / 2 + 1);
    assert_eq!(judge(&[&text]).verdict, "warn");
}
