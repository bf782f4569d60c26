//! The private key inside a Google Cloud service account file.
//!
//! The file is JSON, and its member `private_key` is a PKCS#8 key in PEM with the two characters `\n` for line ends
//! (<https://docs.cloud.google.com/iam/docs/keys-create-delete>). Whether it holds is a question for the private key proof;
//! without a key there is nothing to protect, so a filling breaks.

use std::ops::Range;

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
}
