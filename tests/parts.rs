//! Secrets that are a part of a match, and secrets of two parts.

#![cfg(feature = "sample")]

use keystay::judgement::{self, Judgement};
use keystay::policy::{Destination, Settings};
use keystay::redact::Secret;
use keystay::rules::Rule;
use keystay::scan::Scanner;

fn sample(id: &str, seed: u64) -> String {
    Rule::named(id).expect("the rule exists").sample(&mut fastrand::Rng::with_seed(seed))
}

fn judge(text: &str) -> Judgement<'static> {
    let (destination, settings) = (Destination::default(), Settings::default());
    judgement::judge(Scanner::shared(), &[Secret::new(text.to_string())], &destination, &settings, 0)
}

#[test]
fn a_connection_string_keeps_all_but_its_password() {
    let password = sample("sonar-token", 1);
    let text = format!("Server=tcp:db.corp.internal;User Id=app;Password={password};Encrypt=yes");
    let scan = Scanner::shared().scan(&text, 0);
    let hidden: Vec<_> = scan.findings.iter().map(|finding| &text[finding.secret.clone()]).collect();
    assert_eq!(hidden, [password]);
}

#[test]
fn every_rule_with_a_group_hides_the_group_and_nothing_else() {
    let mut random = fastrand::Rng::with_seed(5);
    for rule in Rule::all() {
        let pattern = regex::bytes::RegexBuilder::new(&format!("^(?:{})$", rule.pattern))
            .unicode(false)
            .build()
            .expect("the build script has parsed every pattern");
        for _ in 0..20 {
            let token = rule.sample(&mut random);
            let captures = pattern.captures(token.as_bytes()).expect("a sample matches its pattern");
            if let Some(group) = captures.get(1) {
                assert_eq!(rule.secret(&token), group.range(), "{}", rule.id);
            }
        }
    }
}

#[test]
fn a_secret_and_the_id_beside_it_are_one_finding_that_names_both() {
    let (id, secret) = (sample("aws-access-key-id", 2), sample("aws-secret-access-key", 2));
    for text in [
        format!("AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\n"),
        format!("[default]\naws_secret_access_key = {secret}\naws_access_key_id = {id}\nregion = eu-central-1\n"),
        format!("my aws key is {id} and its secret is {secret}."),
    ] {
        let judgement = judge(&text);
        let [finding] = judgement.findings.as_slice() else { panic!("{text}: {judgement:?}") };
        assert_eq!(finding.rule, "aws-secret-access-key");
        assert_eq!(finding.certainty, "likely");
        let beside: Vec<_> = finding.beside.iter().map(|part| part.name).collect();
        assert_eq!(beside, ["AWS access key id"]);
        let replacement = finding.replacement.as_ref().expect("a secret in the plain text can be replaced");
        assert_eq!(text[replacement.start..replacement.end], *secret, "the id stays");
    }
}

#[test]
fn an_id_alone_is_a_finding_of_its_own_and_one_far_away_belongs_to_nothing() {
    let (id, secret) = (sample("aws-access-key-id", 3), sample("aws-secret-access-key", 2));
    let rules = |text: &str| judge(text).findings.iter().map(|finding| finding.rule.to_string()).collect::<Vec<_>>();
    assert_eq!(rules(&format!("AWS_ACCESS_KEY_ID={id}")), ["aws-access-key-id"]);
    let far = format!("AWS_ACCESS_KEY_ID={id}\n{}AWS_SECRET_ACCESS_KEY={secret}", "# nothing here\n".repeat(40));
    assert_eq!(rules(&far), ["aws-access-key-id", "aws-secret-access-key"]);
}

#[test]
fn a_public_id_lends_its_secret_certainty() {
    let (sid, token) = (sample("twilio-account-sid", 4), sample("twilio-auth-token", 4));
    let judgement = judge(&format!("TWILIO_ACCOUNT_SID={sid}\nTWILIO_AUTH_TOKEN={token}"));
    let [finding] = judgement.findings.as_slice() else { panic!("{judgement:?}") };
    assert_eq!((finding.rule, finding.certainty), ("twilio-auth-token", "likely"));
    assert_eq!(finding.beside.iter().map(|part| part.name).collect::<Vec<_>>(), ["Twilio account SID"]);
}
