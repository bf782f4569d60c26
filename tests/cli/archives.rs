//! What is packed.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::tool::{Folder, live};

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let file = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("writing to memory works");
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
        writer.write_all(content).expect("writing to memory works");
        let (packed, descriptor) = writer.finish().expect("writing to memory works");
        packed.finish().expect("writing to memory works");
        entry.finish(descriptor).expect("writing to memory works");
    }
    archive.finish().expect("writing to memory works");
    bytes
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, Cursor::new(content)).expect("writing to memory works");
    }
    archive.into_inner().expect("writing to memory works")
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("writing to memory works");
    encoder.finish().expect("writing to memory works")
}

#[test]
fn keys_in_archives_are_found_with_the_path_inside() {
    let folder = Folder::new();
    let text = format!("first line\n{}\n", live(1));
    let files = [("conf/app.properties", text.as_bytes()), ("empty", b"")];
    folder.write("a.zip", zip(&files)).write("b.jar", zip(&files)).write("c.tar", tar(&files));
    folder.write("d.tar.gz", gzip(&tar(&files))).write("e.log.gz", gzip(text.as_bytes()));
    // By its first bytes, not by its name.
    folder.write("f.docx", zip(&[("word/document.xml", text.as_bytes())]));
    let answer = folder.scan(&["."]);
    assert_eq!(
        answer.places(),
        [
            "a.zip!conf/app.properties:2:1",
            "b.jar!conf/app.properties:2:1",
            "c.tar!conf/app.properties:2:1",
            "d.tar.gz!conf/app.properties:2:1",
            "e.log.gz:2:1",
            "f.docx!word/document.xml:2:1",
        ]
    );
    assert!(!answer.err.contains("partly"), "{}", answer.err);
}

#[test]
fn a_key_that_a_word_processor_has_cut_into_pieces_is_found_with_its_paragraph() {
    let folder = Folder::new();
    let (key, link) = (live(1), live(2));
    let (start, end) = key.split_at(15);
    let document = format!(
        "<w:document><w:p><w:r><w:t>Title &amp; more</w:t></w:r></w:p><w:p><w:r><w:t>{start}</w:t></w:r><w:proofErr/>\
         <w:r><w:t>{end}</w:t></w:r></w:p><w:p link=\"https://example.org/?k={link}\"/></w:document>"
    );
    let sheet = format!("<sst><si><t>name</t></si><si><r><t>{start}</t></r><r><t>{end}</t></r></si></sst>");
    folder.write("a.docx", zip(&[("word/document.xml", document.as_bytes())]));
    folder.write("b.xlsx", zip(&[("xl/sharedStrings.xml", sheet.as_bytes())]));
    let places = ["a.docx!word/document.xml:1:", "a.docx!word/document.xml:2:1", "b.xlsx!xl/sharedStrings.xml:2:1"];
    let answer = folder.scan(&["."]);
    assert_eq!(answer.out.lines().count(), 3, "{}", answer.out);
    for (place, expected) in answer.places().iter().zip(places) {
        assert!(place.starts_with(expected), "{}", answer.out);
    }
}

#[test]
fn archives_in_archives_are_looked_into_and_too_deep_ones_named() {
    let folder = Folder::new();
    let mut archive = zip(&[("leak", live(1).as_bytes())]);
    for level in 0..3 {
        archive = zip(&[(&format!("{level}.zip"), &archive)]);
    }
    folder.write("deep.zip", &archive);
    assert_eq!(folder.scan(&["."]).places(), ["deep.zip!2.zip!1.zip!0.zip!leak:1:1"]);
    folder.write("deep.zip", zip(&[("3.zip", &archive)]));
    let answer = folder.scan(&["."]);
    assert_eq!(answer.out, "");
    assert!(answer.err.contains("only looked into 4 deep"), "{}", answer.err);
}

#[test]
fn a_bomb_ends_with_a_limit_that_is_named_and_the_rest_is_scanned() {
    let folder = Folder::new();
    let text = "all work and no play\n".repeat(1 << 19);
    let bomb = zip(&[("1", text.as_bytes())]);
    let names: Vec<String> = (0..40).map(|number| format!("{number}.zip")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), bomb.as_slice())).collect();
    folder.write("bomb.zip", zip(&files)).write("leak", live(1));
    folder.write("bomb.gz", gzip(&vec![b'\n'; 300 << 20]));
    let answer = folder.scan(&["."]);
    for name in ["bomb.zip", "bomb.gz"] {
        let limit =
            format!("{name}: only partly scanned: unpacked it is larger than 256 MB and than 50 times its size");
        assert!(answer.err.contains(&limit), "{}", answer.err);
    }
    assert_eq!(answer.places(), ["leak:1:1"]);
}

#[test]
fn an_archive_with_too_many_entries_ends_with_a_limit_that_is_named() {
    let folder = Folder::new();
    let names: Vec<String> = (0..200_001).map(|number| number.to_string()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    folder.write("many.zip", zip(&files));
    let answer = folder.scan(&["."]);
    assert!(answer.err.contains("many.zip: only partly scanned: it has more than 200000 entries"), "{}", answer.err);
}

#[test]
fn damaged_archives_are_named_and_never_a_panic() {
    let folder = Folder::new();
    let text = live(1).repeat(100);
    let (zip, gz) = (zip(&[("a", text.as_bytes())]), gzip(&tar(&[("a", text.as_bytes())])));
    for length in [5, 30, 60, 100] {
        folder.write("a.zip", &zip[..length.min(zip.len() - 1)]).write("b.gz", &gz[..length.min(gz.len() - 1)]);
        let answer = folder.scan(&["."]);
        assert!(answer.err.contains("a.zip: not scanned: this archive is damaged"), "{length}: {}", answer.err);
        assert!(answer.err.contains("b.gz"), "{length}: {}", answer.err);
        assert!(!answer.err.contains("panicked"), "{}", answer.err);
    }
    for at in (0..zip.len()).step_by(3) {
        let mut zip = zip.clone();
        zip[at] ^= 0x55;
        folder.write("a.zip", &zip);
        assert!(!folder.scan(&["a.zip"]).err.contains("panicked"), "byte {at}");
    }
}

#[test]
fn an_archive_from_a_pipe_is_looked_into() {
    let folder = Folder::new();
    let answer = folder.scan_input(&["-"], &zip(&[("a", live(1).as_bytes())]));
    assert_eq!(answer.places(), ["-!a:1:1"]);
}

#[test]
fn binary_files_in_archives_are_counted() {
    let folder = Folder::new();
    folder.write("a.zip", zip(&[("a.class", b"\xca\xfe\xba\xbe\0\0\0\x34")]));
    assert!(folder.scan(&["."]).err.contains("1 binary skipped"));
}
