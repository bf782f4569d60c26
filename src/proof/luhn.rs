//! Payment card numbers: the check digit of ISO/IEC 7812-1, annex B, known as the Luhn algorithm.
//!
//! One digit in ten is right by chance, so this proves nothing; it only takes away nine of ten numbers that are none.

use super::Outcome;

/// Judges a number of digits, perhaps in groups.
pub(super) fn check(token: &str) -> Outcome {
    match sum(token) {
        Some(sum) if sum > 0 && sum % 10 == 0 => Outcome::Fits,
        _ => Outcome::Breaks,
    }
}

/// Makes the last digit right.
pub(super) fn complete(token: &str) -> Option<String> {
    let before = token.get(..token.len().checked_sub(1)?)?;
    let zero = format!("{before}0");
    let digit = (10 - sum(&zero)? % 10) % 10;
    Some(format!("{before}{digit}"))
}

/// Every second digit from the right counts twice, and a product of two digits as their sum.
fn sum(token: &str) -> Option<u32> {
    let digits = token.bytes().rev().filter(|byte| !matches!(byte, b' ' | b'-'));
    let mut sum = 0;
    for (place, byte) in digits.enumerate() {
        let digit = char::from(byte).to_digit(10)?;
        let counted = if place % 2 == 1 { digit * 2 } else { digit };
        sum += counted / 10 + counted % 10;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_algorithm_is_right_and_each_other_last_digit_is_wrong() {
        // Luhn's patent and its descriptions count with this number, which no card has.
        for last in 0..10 {
            let expected = if last == 3 { Outcome::Fits } else { Outcome::Breaks };
            assert_eq!(check(&format!("7992739871{last}")), expected);
        }
        assert_eq!(complete("79927398710").as_deref(), Some("79927398713"));
        assert_eq!(check("7992 7398-713"), Outcome::Fits);
        assert_eq!((check("7992x398713"), check("")), (Outcome::Breaks, Outcome::Breaks));
    }
}
