//! Texts that are not UTF-8.

use crate::tool::{Folder, live};

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn utf16_is_read_in_both_orders_with_and_without_a_mark() {
    let folder = Folder::new();
    let text = format!("naïve 🔑\nkey = {}\n", live(1));
    let plain = format!("line\r\nkey = {}\r\n", live(1));
    folder.write("le", utf16(&format!("\u{feff}{text}"), u16::to_le_bytes));
    folder.write("be", utf16(&format!("\u{feff}{text}"), u16::to_be_bytes));
    folder.write("le-bare", utf16(&plain, u16::to_le_bytes));
    folder.write("be-bare", utf16(&plain, u16::to_be_bytes));
    assert_eq!(folder.scan(&["."]).places(), ["be:2:7", "be-bare:2:7", "le:2:7", "le-bare:2:7"]);
}

#[test]
fn a_character_of_utf16_that_is_split_between_two_reads_stays_whole() {
    let folder = Folder::new();
    for shift in 0..4 {
        let text = format!("\u{feff}{}{}\n{}", "x".repeat(shift), "🔑".repeat(50_000), live(1));
        folder.write("a", utf16(&text, u16::to_le_bytes));
        assert_eq!(folder.scan(&["a"]).places(), ["a:2:1"]);
        folder.write("a", format!("{}{} {}", "x".repeat(shift), "🔑".repeat(50_000), live(1)));
        assert_eq!(folder.scan(&["a"]).places(), [format!("a:1:{}", 50_002 + shift)]);
    }
}

#[test]
fn bytes_that_are_no_utf8_count_as_one_character_each() {
    let folder = Folder::new();
    folder.write("a", [b"caf\xe9 \xfc\xff ", live(1).as_bytes(), b"\xe2\x82"].concat());
    assert_eq!(folder.scan(&["."]).places(), ["a:1:9"]);
}

#[test]
fn a_byte_order_mark_is_not_in_the_way() {
    let folder = Folder::new();
    folder.write("a", [b"\xef\xbb\xbf", live(1).as_bytes()].concat());
    assert_eq!(folder.scan(&["."]).places(), ["a:1:1"]);
}

#[test]
fn binary_files_are_skipped_and_counted() {
    let folder = Folder::new();
    folder.write("a.bin", [b"\x7fELF\0\0\x01\x02", live(1).as_bytes()].concat());
    folder.write("b.png", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", live(1).as_bytes()].concat());
    let answer = folder.scan(&["."]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    assert!(answer.err.contains("2 binary skipped"), "{}", answer.err);
}
