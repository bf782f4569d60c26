//! Scans every text below a folder with the built-in rules of cribra, and prints how much it has found.

use std::path::Path;

fn main() {
    let scanner = cribra::Scanner::default();
    let root = std::env::args().nth(1).unwrap_or_else(|| ".".to_string());
    println!("{}", scan(&scanner, Path::new(&root)));
}

fn scan(scanner: &cribra::Scanner, place: &Path) -> usize {
    if place.is_dir() {
        let Ok(entries) = std::fs::read_dir(place) else { return 0 };
        return entries.flatten().map(|entry| scan(scanner, &entry.path())).sum();
    }
    // What is no text is looked at by none of its rules.
    let Ok(text) = std::fs::read_to_string(place) else { return 0 };
    scanner.scan([((), text.as_str())]).findings().count()
}
