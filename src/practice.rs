//! Keys to practise with: of the right shape and with the right check digits, made on the spot and worth nothing.
//!
//! A rule whose shape is a sequence of steps can be walked forwards as well: literals as they are, and characters of each class
//! drawn from the caller's random numbers. That costs a few hundred bytes of WebAssembly, where the samples of the tests need a
//! parser of regular expressions.

use crate::rules::steps::{Class, Step};
use crate::rules::{Rule, Shape};

/// A kind of key that most people have met and whose check digits are known, so that the warning can say "this is".
const RULE: &str = "github-pat-classic";

/// Makes a practice key from random bytes, at least one for each character; nothing when there are too few.
#[must_use]
pub fn practice_key(random: &[u8]) -> Option<String> {
    let rule = Rule::named(RULE)?;
    let steps = match &rule.shape {
        Shape::Steps(steps) => *steps,
        #[cfg(feature = "company")]
        Shape::Pattern(_) => return None,
    };
    let mut random = random.iter().copied();
    let mut key = Vec::new();
    for step in steps {
        match *step {
            Step::Literal(literal) => key.extend_from_slice(literal),
            Step::OneOf(literals) => {
                let choice = usize::from(random.next()?).checked_rem(literals.len())?;
                key.extend_from_slice(literals.get(choice)?);
            }
            Step::Run { class, least, .. } => {
                for _ in 0..least {
                    key.push(member(class, random.next()?)?);
                }
            }
            Step::Any(_) | Step::Tree(_) => return None,
        }
    }
    let key = String::from_utf8(key).ok()?;
    // Proofs that are more than check digits would bring all that makes keys and certificates into the module.
    rule.proof?.with_check_digits(&key)
}

/// A visible character of the class.
fn member(class: &Class, random: u8) -> Option<u8> {
    let members = || (b'!'..=b'~').filter(|&byte| class.has(byte));
    members().nth(usize::from(random).checked_rem(members().count())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Confidence;
    use crate::scan::Scanner;

    #[test]
    fn a_practice_key_is_found_and_proved() {
        for seed in 0..=u8::MAX {
            let random: Vec<u8> =
                (0..64).map(|at: u8| seed.wrapping_mul(31).wrapping_add(at.wrapping_mul(97))).collect();
            let key = practice_key(&random).expect("64 bytes are enough");
            let scan = Scanner::shared().scan(&key, 0);
            let [finding] = scan.findings.as_slice() else { panic!("one finding") };
            assert_eq!((finding.rule.id.as_ref(), finding.confidence), (RULE, Confidence::Certain));
        }
    }

    #[test]
    fn too_little_randomness_makes_no_key() {
        assert_eq!(practice_key(&[7; 10]), None);
    }
}
