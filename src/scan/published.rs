//! Keys that are printed in public: in documentation, or in the source of a provider's own samples.
//!
//! They have the right shape, and some would work once, but everybody knows them. A person who copies one from there is told
//! so and not warned. The list holds the beginning of each key's SHA-256, so that no key stands in this repository; a key
//! that is not among them has one chance in 2⁶⁴ for each entry to be taken for one.

use sha2::{Digest, Sha256};

use super::Finding;
use crate::proof::Fact;
use crate::rules::Confidence;

/// The first eight bytes of SHA-256, sorted. Google API keys of the Android and Firebase samples, which gitleaks lists as such:
/// <https://github.com/gitleaks/gitleaks/blob/master/cmd/generate/config/rules/gcp.go>.
const PUBLISHED: &[u64] = &[
    0x0b47_6bdf_9acf_2123,
    0x2037_abca_ffb2_b777,
    0x27a9_a429_31df_f7eb,
    0x37f8_f09b_df12_c2f2,
    0x3a8b_61d0_f636_b007,
    0x3f37_0c9d_d822_5c63,
    0x49f7_77db_995e_8260,
    0x4c98_242d_cadc_8b29,
    0x8731_261c_b72d_8626,
    0xa19f_89ab_3555_eac1,
    0xa6c8_14bc_555a_e62c,
    0xdc0f_cf04_6c61_640c,
    0xe4a5_542b_b7fd_7b67,
    0xea9b_b108_2cf9_5663,
    0xeb54_0d2b_6ee2_a0a4,
    0xf56e_3234_94a6_ffc2,
];

/// Turns the findings of published keys into notes that say so.
pub fn lowered<'r>(mut findings: Vec<Finding<'r>>, text: &str) -> Vec<Finding<'r>> {
    for finding in &mut findings {
        if text.get(finding.secret.clone()).is_some_and(is_published) {
            lower(finding);
        }
    }
    findings
}

/// Turns a finding into such a note.
pub fn lower(finding: &mut Finding<'_>) {
    finding.confidence = Confidence::Low;
    finding.facts.push(Fact::Documented);
}

/// Whether a token is printed in public.
pub fn is_published(token: &str) -> bool {
    let digest = Sha256::digest(token.as_bytes());
    let first = digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    PUBLISHED.binary_search(&first).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_has_no_entry_twice() {
        assert!(PUBLISHED.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_token_that_is_not_listed_is_not_published() {
        assert!(!is_published("") && !is_published("some token"));
    }
}
