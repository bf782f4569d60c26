//! The private key inside a Google Cloud service account file.
//!
//! The file is JSON, and its member `private_key` is a PKCS#8 key in PEM with the two characters `\n` for line ends
//! (<https://docs.cloud.google.com/iam/docs/keys-create-delete>). Whether it holds is a question for the private key proof;
//! without a key there is nothing to protect, so a filling breaks.

use std::ops::Range;

use super::fact::{Fact, Name};
use super::pem::Block;
use super::{Outcome, private_key};

/// Judges a text that holds the member.
pub(super) fn check(text: &str) -> Outcome {
    match private_key::check(text) {
        Outcome::Silent => Outcome::Breaks,
        outcome => outcome,
    }
}

/// The key, without the member's name.
pub(super) fn secret(text: &str) -> Option<Range<usize>> {
    Block::find(text).map(|block| block.at)
}

/// Bytes on both sides of the key in which the other members of its file are looked for.
pub(super) const REACH: usize = 1024;

/// Project and domain of the account, which stand beside the key in its file. Of the account's address only the domain is
/// told: the rest of it names a person's robot.
pub(super) fn tells(text: &str, at: &Range<usize>) -> Vec<Fact> {
    let before = text.get(boundary(text, at.start.saturating_sub(REACH))..at.start).unwrap_or_default();
    let after = text.get(at.end..boundary(text, at.end.saturating_add(REACH).min(text.len()))).unwrap_or_default();
    let member = |name: &str| value(before, name).or_else(|| value(after, name));
    let project = member("project_id").and_then(Name::project).map(|name| Fact::Project { name });
    let address = member("client_email").filter(|address| address.contains('@'));
    let account = address.and_then(Name::new).map(|domain| Fact::Account { domain });
    project.into_iter().chain(account).collect()
}

/// The text of a member; the quotation marks may be escaped, where the file stands in a string of another one.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.get(text.find(name)? + name.len()..)?;
    let rest = rest.trim_start_matches(['\\', '"', ':', ' ', '\t', '\r', '\n']);
    rest.get(..rest.find(['"', '\\'])?)
}

/// The place, or the next before it where a character begins.
fn boundary(text: &str, place: usize) -> usize {
    (0..=place).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0)
}

/// Puts a key between the BEGIN and END lines.
pub(super) fn complete(text: &str, random: &mut impl FnMut() -> u64) -> Option<String> {
    private_key::complete(text, "\\n", random)
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;

    #[test]
    fn the_key_is_found_behind_the_name_of_the_member() {
        let name = "\"private_key\": \"";
        let filled = format!("{name}-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----\\n\"");
        assert_eq!(check(&filled), Outcome::Breaks);
        let whole = complete(&filled, &mut random::fixed(67)).unwrap_or_default();
        assert_eq!(check(&whole), Outcome::Holds);
        let secret = secret(&whole).unwrap_or_default();
        assert_eq!(secret, name.len()..whole.len() - 3);
        assert!(!whole.contains('\n'));
        assert_eq!(check("\"private_key\": \"...\""), Outcome::Breaks);
    }

    #[test]
    fn the_file_tells_its_project_and_the_domain_of_its_account() {
        let expected = [
            Fact::Project { name: Name::project("demo-123").expect("it is an id") },
            Fact::Account { domain: Name::new("demo-123.iam.gserviceaccount.com").expect("it is a host") },
        ];
        let address = "\"client_email\": \"robot@demo-123.iam.gserviceaccount.com\"";
        let file = format!("\u{e9}{{\"project_id\": \"demo-123\", KEY, {address}}}\u{e9}");
        for text in [file.clone(), file.replace('"', "\\\"")] {
            let key = text.find("KEY").unwrap_or_default();
            assert_eq!(tells(&text, &(key..key + 3)), expected, "{text}");
        }
        assert_eq!(tells(&"\u{e9}".repeat(3000), &(3000..3002)), []);
        assert_eq!(tells("project_id", &(0..0)), []);
        assert_eq!(tells("\"project_id\": \"No Project\", \"client_email\": \"nobody\"", &(0..0)), []);
    }
}
