//! Tokens that end in a CRC-32 of the rest.
//!
//! The polynomial is always that of zlib; what differs is which characters are summed and how the sum is written. GitHub
//! describes its form, and why offline checking was the aim, at
//! <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>; GitLab at
//! <https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/>; Grafana in
//! <https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go>. npm and
//! Polar follow GitHub (<https://github.blog/security/announcing-npms-new-access-token-format/>,
//! <https://github.com/polarsource/polar/blob/main/server/polar/kit/crypto.py>). Cloudflare documents the shape only
//! (<https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/>); its sum, like those of Vercel, Atlassian,
//! Bitbucket, Zuplo and Confluent, was found by computing it on published examples, where an accidental match has
//! probability 2⁻³².
//!
//! A failure means an invented or mistyped token, for the prefixes and lengths below. Any other prefix or length has no
//! digits here, and so no answer.

use std::ops::Range;

use super::checksum::{BASE62, Digits, crc32, padded};
use super::decoded::to_base64;

const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// `prefix_` + body, whose last six characters are the base62 CRC-32 of the body before them.
pub(super) fn base62(token: &str) -> Option<Digits> {
    // A Polar token names its kind in further pieces: `polar_oat_…`, `polar_at_u_…`.
    let (prefix, body) = match token.strip_prefix("polar_") {
        Some(rest) => ("polar", rest.rsplit_once('_')?.1),
        None => token.split_once('_')?,
    };
    let length = match prefix {
        "ghp" | "gho" | "ghu" | "ghs" | "npm" => 36,
        "ghr" => 76,
        "vcp" | "vci" | "vca" | "vcr" | "vck" => 56,
        "polar" => 43,
        _ => return None,
    };
    let summed = last(body, length, 6)?;
    Some(Digits::new(token.len() - 6..token.len(), padded(crc32(body.get(summed)?.as_bytes()), BASE62, 6)))
}

/// `prefix-payload.01.` or, before the version was added, `prefix-payload.`; then two digits of the payload's length and
/// seven of the CRC-32 of everything before them.
pub(super) fn gitlab(token: &str) -> Option<Digits> {
    gitlab_payload(token)?;
    let at = token.len().checked_sub(7)?;
    Some(Digits::new(at..token.len(), padded(crc32(token.get(..at)?.as_bytes()), BASE36, 7)))
}

/// A GitLab token in which the two digits of the payload's length are right. The proof does not ask for them; a sample
/// should have them all the same.
pub(super) fn with_gitlab_length(token: &str) -> String {
    let parts = gitlab_payload(token).and_then(|payload| {
        let length = u32::try_from(payload.len()).ok()?;
        let at = token.len().checked_sub(9)?;
        Some((token.get(..at)?, padded(length, BASE36, 2), token.get(at + 2..)?))
    });
    match parts {
        Some((before, length, after)) if length.len() == 2 => format!("{before}{length}{after}"),
        _ => token.to_owned(),
    }
}

/// Digits behind the last dot of a GitLab token.
const TRAILER: usize = 9;

fn gitlab_payload(token: &str) -> Option<Range<usize>> {
    let prefix = token.strip_prefix("gl")?;
    // Nearly every token is told by one look: its trailer has a length of its own.
    if token.as_bytes().iter().rev().nth(TRAILER) != Some(&b'.') {
        return None;
    }
    let (before, trailer) = token.rsplit_once('.')?;
    let start = token.len() - prefix.len() + prefix.find('-')? + 1;
    let end = match before.split_once('.') {
        None => before.len(),
        Some((payload, "01")) => payload.len(),
        Some(_) => return None,
    };
    let verified = trailer.len() == TRAILER && token.is_ascii() && start < end;
    verified.then_some(start..end)
}

/// `ATATT3…` or `ATCTT3…`, `=`, then eight upper-case hexadecimal digits of the CRC-32 of everything up to and including
/// the `=`.
pub(super) fn atlassian(token: &str) -> Option<Digits> {
    if !token.starts_with("ATATT3") && !token.starts_with("ATCTT3") {
        return None;
    }
    let at = token.len().checked_sub(8)?;
    let summed = token.get(..at).filter(|summed| summed.ends_with('='))?;
    Some(Digits::hexadecimal(at..token.len(), format!("{:08X}", crc32(summed.as_bytes()))))
}

/// `ATBB` + 24 + eight upper-case hexadecimal digits of the CRC-32 of everything before them.
pub(super) fn bitbucket(token: &str) -> Option<Digits> {
    token.strip_prefix("ATBB")?;
    let summed = token.get(last(token, 36, 8)?)?;
    Some(Digits::hexadecimal(28..36, format!("{:08X}", crc32(summed.as_bytes()))))
}

/// `cfk_`, `cfut_` or `cfat_` + 40 + eight lower-case hexadecimal digits of the CRC-32 of the 40.
pub(super) fn cloudflare(token: &str) -> Option<Digits> {
    let (prefix, body) = token.split_once('_')?;
    if !matches!(prefix, "cfk" | "cfut" | "cfat") {
        return None;
    }
    let summed = body.get(last(body, 48, 8)?)?;
    Some(Digits::hexadecimal(token.len() - 8..token.len(), format!("{:08x}", crc32(summed.as_bytes()))))
}

/// `glsa_` + 32 + `_` + the bytes of the CRC-32, lowest first, in hexadecimal. The prefix is summed too.
pub(super) fn grafana(token: &str) -> Option<Digits> {
    token.strip_prefix("glsa_")?;
    let summed = token.get(last(token, 46, 9)?).filter(|_| token.as_bytes().get(37) == Some(&b'_'))?;
    Some(Digits::hexadecimal(38..46, format!("{:08x}", crc32(summed.as_bytes()).swap_bytes())))
}

/// `zpka_` + 32 + `_` + eight hexadecimal digits of the CRC-32 of the 32.
pub(super) fn zuplo(token: &str) -> Option<Digits> {
    let body = token.strip_prefix("zpka_")?;
    let summed = body.get(last(body, 41, 9)?).filter(|_| token.as_bytes().get(37) == Some(&b'_'))?;
    Some(Digits::hexadecimal(38..46, format!("{:08x}", crc32(summed.as_bytes()))))
}

/// `cflt` + 54 + the bytes of the CRC-32 of the 54, lowest first, as six characters of base64.
pub(super) fn confluent(token: &str) -> Option<Digits> {
    let body = token.strip_prefix("cflt")?;
    let summed = body.get(last(body, 60, 6)?)?;
    Some(Digits::new(58..64, to_base64(&crc32(summed.as_bytes()).to_le_bytes())))
}

/// The part before the last `digits` characters of an ASCII text of exactly `length` characters.
fn last(text: &str, length: usize, digits: usize) -> Option<Range<usize>> {
    (text.len() == length && text.is_ascii()).then(|| 0..length.saturating_sub(digits))
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, Proof, random};
    use super::*;

    const HEXADECIMAL: &[u8] = b"0123456789abcdef";
    const BODY: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

    /// Proof, what stands before the random part, the random part's characters and length, and what stands after it.
    const TOKENS: &[(Proof, &str, &[u8], usize, &str)] = &[
        (Proof::Crc32Base62, "ghp_", BASE62, 36, ""),
        (Proof::Crc32Base62, "gho_", BASE62, 36, ""),
        (Proof::Crc32Base62, "ghu_", BASE62, 36, ""),
        (Proof::Crc32Base62, "ghs_", BASE62, 36, ""),
        (Proof::Crc32Base62, "ghr_", BASE62, 76, ""),
        (Proof::Crc32Base62, "npm_", BASE62, 36, ""),
        (Proof::Crc32Base62, "vcp_", BODY, 56, ""),
        (Proof::Crc32Base62, "vck_", BODY, 56, ""),
        (Proof::GitlabRoutable, "glpat-", BODY, 32, ".01.000000000"),
        (Proof::GitlabRoutable, "glrt-", BODY, 40, ".000000000"),
        (Proof::AtlassianCrc32, "ATATT3", BODY, 174, "=00000000"),
        (Proof::AtlassianCrc32, "ATCTT3", BODY, 174, "=00000000"),
        (Proof::BitbucketAppPassword, "ATBB", BASE62, 32, ""),
        (Proof::CloudflareCrc32, "cfk_", BASE62, 48, ""),
        (Proof::CloudflareCrc32, "cfut_", BASE62, 48, ""),
        (Proof::GrafanaCrc32, "glsa_", BASE62, 32, "_00000000"),
        (Proof::ZuploCrc32, "zpka_", HEXADECIMAL, 32, "_00000000"),
        (Proof::ConfluentCrc32, "cflt", BASE62, 60, ""),
        (
            Proof::GithubFineGrained,
            "github_pat_",
            BASE62,
            22,
            "_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ),
    ];

    /// Ends of tokens of which eight characters come after the check digits.
    fn unchecked(proof: Proof) -> usize {
        if proof == Proof::GithubFineGrained { 8 } else { 0 }
    }

    #[test]
    fn a_completed_token_holds_and_one_changed_character_breaks_it() {
        let mut random = random::fixed(89);
        for &(proof, before, alphabet, length, after) in TOKENS {
            let made = format!("{before}{}{after}", random::text(alphabet, length, &mut random));
            let whole = proof.complete(&made, &mut random);
            assert_eq!(whole.len(), made.len(), "{before}");
            assert_eq!(proof.check(&whole, 0), Outcome::Holds, "{before}");
            assert_eq!(proof.secret(&whole), 0..whole.len());
            for place in before.len()..whole.len() - unchecked(proof) {
                let other = if whole[place..].starts_with(['7']) { "8" } else { "7" };
                let changed = format!("{}{other}{}", &whole[..place], &whole[place + 1..]);
                let outcome = proof.check(&changed, 0);
                // A changed separator or version is another format, and that is left to the shape.
                let frame = place >= whole.len() - after.len() && outcome == Outcome::Silent;
                assert!(outcome == Outcome::Breaks || frame, "{before} at {place}: {outcome:?}");
            }
        }
    }

    #[test]
    fn another_length_or_prefix_is_left_to_the_shape() {
        let mut random = random::fixed(97);
        for &(proof, before, alphabet, length, after) in TOKENS {
            let whole =
                proof.complete(&format!("{before}{}{after}", random::text(alphabet, length, &mut random)), &mut random);
            assert_eq!(proof.check(&format!("x{whole}"), 0), Outcome::Silent, "{before}");
            if !matches!(proof, Proof::AtlassianCrc32 | Proof::GitlabRoutable) {
                assert_eq!(proof.check(&format!("{whole}0"), 0), Outcome::Silent, "{before}");
                assert_eq!(proof.check(&whole[..whole.len() - 1], 0), Outcome::Silent, "{before}");
            }
        }
        assert_eq!(Proof::GitlabRoutable.check("glpat-abc.02.000000000", 0), Outcome::Silent, "a later version");
    }

    #[test]
    fn samples_of_gitlab_state_the_length_of_their_payload() {
        assert_eq!(with_gitlab_length("glpat-0123456789.01.xx1234567"), "glpat-0123456789.01.0a1234567");
        assert_eq!(with_gitlab_length("glpat-0123456789.xx1234567"), "glpat-0123456789.0a1234567");
        assert_eq!(with_gitlab_length("glpat-0123456789"), "glpat-0123456789");
    }
}
