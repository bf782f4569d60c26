//! Rules that somebody wrote to make scans slow, on texts that somebody wrote for these rules. What is measured is how many bytes
//! matchers are given, and how many steps that can cost; time is not looked at.

use super::memory::Memory;
use super::pass::Pass;
use super::work::{LEAST_STEPS, STEPS_A_BYTE, Work};
use super::{Finding, Scanner};
use crate::rules::{CustomRules, LONGEST_MATCH, MOST_STATES, MOST_WORDS};

pub fn file(rules: &[String]) -> String {
    let rules = rules.iter().enumerate().map(|(index, rule)| {
        format!("[[rule]]\nid = \"hostile-{index}\"\nname = \"n\"\nenv = \"E\"\nseverity = \"low\"\n{rule}\n")
    });
    format!("provider = \"p\"\n{}", rules.collect::<String>())
}

/// Two hundred patterns: nested and neighbouring repetitions, without end or nearly, that a small literal leads to, that
/// begin far before their literal, that share their literals, and that only a word leads to.
pub fn patterns() -> Vec<String> {
    let shapes = [
        "aaa[a-z-]+",
        "aaa[a-z-]*!",
        "aaa(?:a+)+!",
        "aaa(?:a|aa)*!",
        "aaa(?:a*)*-",
        "aaa[a-z-]{0,1000}!",
        "[a-z-]{0,32}aaa[a-z-]{1,300}!",
        "[a-z-]{0,32}aaa",
        "aaa(?:[a-z]{1,8}-?){1,50}!",
        "aaa(?:a?){100}a{100}",
        "aaa[^!]{3,}",
        "(?i)aaa[a-z]{2,}(?:-[a-z]+)*x!",
        "(?:aaa|aab|aba|baa)[ab-]+!",
        "aaa[a-z]+?-[a-z]+?!",
        "-aaa[-a]+-",
    ];
    let mut rules: Vec<String> = (0..13)
        .flat_map(|copy| shapes.iter().map(move |shape| shape.replace('!', ["!", "z", "0"][copy % 3])))
        .map(|pattern| format!("pattern = '{pattern}'"))
        .collect();
    rules.extend((0..5).map(|_| "pattern = '[a-z-]+[!0]'\ncontext = [\"aaa\"]".to_string()));
    rules
}

fn texts(length: usize) -> Vec<String> {
    ["a", "aaa-", "aaa ", "aaa_", "-aaa", "aaab-aba", "aaa=", "x aaa y-z ", "aaa\n", "aaa!"]
        .iter()
        .map(|piece| piece.repeat(length / piece.len()))
        .collect()
}

/// Bytes that matchers were given, and whether the scan gave up.
fn fed(scanner: &Scanner, text: &str) -> (usize, bool) {
    let pass =
        Pass { now: 0, work: Work::new(text.len()), memory: Memory::default(), reads: super::reads::Reads::default() };
    let mut found: Vec<Finding<'_>> = Vec::new();
    scanner.scan_view(text, false, &pass, &mut found);
    (pass.work.fed.get(), pass.work.is_spent())
}

#[test]
fn two_hundred_hostile_patterns_look_at_no_more_than_a_fixed_number_of_bytes_for_each_byte_of_a_text() {
    let rules = patterns();
    let (custom, refused) = CustomRules::compile(&[("hostile.toml", file(&rules))]);
    assert_eq!((custom.rules().len(), refused), (200, vec![]));
    let scanner = Scanner::with(custom, None);
    for length in [1 << 10, 1 << 14] {
        for text in texts(length) {
            let (bytes, _) = fed(&scanner, &text);
            let most = (text.len() * STEPS_A_BYTE).max(LEAST_STEPS);
            // Each of these patterns has four states or more, and each byte is paid for with all of them.
            assert!(bytes <= most / 4, "{bytes} bytes for {length} of {:?}", &text[..8]);
        }
    }
}

#[test]
fn one_hostile_pattern_alone_looks_at_twice_as_much_in_twice_the_text() {
    for rule in patterns().into_iter().take(15) {
        let (custom, _) = CustomRules::compile(&[("hostile.toml", file(std::slice::from_ref(&rule)))]);
        let scanner = Scanner::with(custom, None);
        for (once, twice) in texts(1 << 13).iter().zip(texts(1 << 14)) {
            let (once, twice) = (fed(&scanner, once), fed(&scanner, &twice));
            // Both ends of a text can be cheaper than its middle, by one match at 33 places.
            let ends = 2 * 33 * LONGEST_MATCH;
            assert!(twice.0 <= 2 * once.0 + ends || once.1, "{rule}: {once:?}, {twice:?}");
        }
    }
}

#[test]
fn a_scan_that_gave_up_says_so() {
    let (custom, _) = CustomRules::compile(&[("hostile.toml", file(&patterns()))]);
    let scanner = Scanner::with(custom, None);
    assert!(scanner.scan(&"aaa-".repeat(1 << 13), 0).partial);
    assert!(!scanner.scan("nothing of it", 0).partial);
}

#[test]
fn the_largest_pattern_that_is_accepted_can_be_built() {
    for pattern in [
        "aaa(?:a?){680}",
        "aaa[a-z]{1020}",
        "aaa(?:[ab][cd]){500}",
        "aaa(?:[a-cx-z1-39_]?){680}",
        "aaa(?:(?:(?:a?){9}){9}){8}",
        "aaa(?:[^a]{0,3}){290}",
    ] {
        let rules = file(&[format!("pattern = '{pattern}'")]);
        let (custom, refused) = CustomRules::compile(&[("large.toml", rules)]);
        assert_eq!(refused, [], "{pattern}");
        let scanner = Scanner::with(custom, None);
        let scan = scanner.scan(&format!("aaa{}", "acx".repeat(300)), 0);
        assert!(!scan.partial, "{pattern}");
    }
}

#[test]
fn a_word_is_found_where_a_slow_search_finds_it_however_many_there_are() {
    let mut random = fastrand::Rng::with_seed(9);
    let mut words: Vec<String> = ["aaa", "aab", "aaaa", "aaab-c", "b.c", "xyz", "xyzxyz"].map(String::from).into();
    words.extend(
        (0..300).map(|_| (0..random.usize(3..9)).map(|_| random.choice(['a', 'b', '-']).unwrap_or('c')).collect()),
    );
    words.sort();
    words.dedup();
    assert!(words.len() < MOST_WORDS && MOST_STATES > 3);
    let rules: Vec<String> =
        words.iter().map(|word| format!("pattern = 'q[a-z]{{9}}'\ncontext = [\"{word}\"]")).collect();
    let (custom, refused) = CustomRules::compile(&[("words.toml", file(&rules))]);
    assert_eq!(refused, []);
    for _ in 0..300 {
        let text: String =
            (0..40).map(|_| random.choice(['a', 'B', 'b', '-', 'c', '.', 'x', 'Y', 'z']).unwrap_or(' ')).collect();
        let lower = text.to_ascii_lowercase();
        let mut slowly: Vec<_> = words
            .iter()
            .flat_map(|word| (0..40).filter(|&at| lower[at..].starts_with(word.as_str())).map(|at| at..at + word.len()))
            .collect();
        let mut quickly = Vec::new();
        for start in 0..text.len() {
            custom.words().at(text.as_bytes(), start, |_, leads, place| {
                assert_eq!(leads.len(), 1);
                quickly.push(place);
                true
            });
        }
        slowly.sort_by_key(|place| (place.start, place.end));
        assert_eq!(quickly, slowly, "{text}");
    }
}
