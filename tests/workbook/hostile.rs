//! Files made to do harm, and files that came to harm: each is refused with a code.

use perennial::ingest::Refusal;
use perennial::ingest::xlsx::{sheet_csv, sheets, table_json};
use zip::CompressionMethod;

use crate::archive::Archive;
use crate::reading::typical;

const ONE_CELL: &str = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;

fn refused(bytes: &[u8]) -> Result<(), String> {
    let code = |e: Refusal| {
        assert!(
            e.message.ends_with('.') && e.message.len() > 40,
            "{}",
            e.message
        );
        e.code.to_owned()
    };
    sheets(bytes).map_err(code)?;
    sheet_csv(bytes, "Orders").map_err(code)?;
    table_json(bytes).map_err(code)?;
    Ok(())
}

#[track_caller]
fn check(bytes: &[u8], code: &str) {
    assert_eq!(refused(bytes), Err(code.to_owned()));
}

#[test]
fn what_is_no_workbook_is_named() {
    check(b"", "not_a_workbook");
    check(b"Customer,Amount\nAcme,5\n", "not_a_workbook");
    check(b"PK\x03\x04", "damaged");
    check(
        &Archive(vec![("orders.csv".into(), b"a,b".to_vec())]).bytes(),
        "not_a_workbook",
    );
    check(
        &Archive::sheet(ONE_CELL)
            .with("xl/workbook.bin", "x")
            .bytes(),
        "other_format",
    );
    let ods = Archive(vec![
        ("mimetype".into(), b"x".to_vec()),
        ("content.xml".into(), b"<a/>".to_vec()),
    ]);
    check(&ods.bytes(), "other_format");
}

#[test]
fn old_and_protected_workbooks_are_named() {
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(1024, 0);
    check(&ole, "old_xls");
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    check(&ole, "encrypted");
}

#[test]
fn a_missing_sheet_is_named() {
    let error = sheet_csv(&Archive::sheet(ONE_CELL).bytes(), "Nope").unwrap_err();
    assert_eq!(error.code, "no_sheet");
}

#[test]
fn too_many_parts_are_refused() {
    let mut archive = Archive::sheet(ONE_CELL);
    for n in 0..2_000 {
        archive.0.push((format!("xl/p{n}.xml"), b"<a/>".to_vec()));
    }
    check(&archive.bytes(), "too_many_parts");
}

#[test]
fn a_bomb_is_refused() {
    let bomb = Archive::sheet(ONE_CELL).with("xl/media/image1.png", vec![0; 520 << 20]);
    check(&bomb.bytes(), "too_big");
    let blank = format!("<row>{}</row>", " ".repeat(8 << 20));
    check(&Archive::sheet(&blank).bytes(), "too_big");
    let styles = format!("<styleSheet>{}</styleSheet>", "<xf/>".repeat(700_000));
    check(
        &Archive::sheet(ONE_CELL)
            .with("xl/styles.xml", styles)
            .bytes(),
        "too_big",
    );
}

#[test]
fn lying_counts_of_texts_are_refused() {
    for count in ["4294967295", "18446744073709551615", "100000"] {
        let strings = format!(r#"<sst uniqueCount="{count}"><si><t>a</t></si></sst>"#);
        check(
            &Archive::sheet(ONE_CELL)
                .with("xl/sharedStrings.xml", strings)
                .bytes(),
            "damaged",
        );
    }
}

#[test]
fn document_types_are_refused() {
    let lol = r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><sst><si><t>&lol2;</t></si></sst>"#;
    check(
        &Archive::sheet(ONE_CELL)
            .with("xl/sharedStrings.xml", lol)
            .bytes(),
        "dtd",
    );
    let xxe = r#"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>"#;
    check(
        &Archive::sheet(ONE_CELL)
            .edit("xl/workbook.xml", "<workbook ", &format!("{xxe}<workbook "))
            .bytes(),
        "dtd",
    );
}

#[test]
fn cells_beyond_the_sheet_or_out_of_order_are_refused() {
    for data in [
        r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#,
        r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#,
        r#"<row r="4294967295"><c r="ZZZZ4294967295"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A0"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="str"><v>&nope;</v></c></row>"#,
    ] {
        check(&Archive::sheet(data).bytes(), "damaged");
    }
}

#[test]
fn places_that_overflow_do_no_harm() {
    for data in [
        r#"<row r="99999999999999"><c r="AAAAAAAAAAAAAA1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A99999999999999"><v>1</v></c></row>"#,
    ] {
        // Refused or read as some other place of the sheet; it must only not fail otherwise.
        let _ = refused(&Archive::sheet(data).bytes());
    }
    let backwards = Archive::sheet(ONE_CELL).edit(
        "xl/worksheets/sheet1.xml",
        "<sheetData>",
        r#"<dimension ref="XFD1048576:A1"/><sheetData>"#,
    );
    assert_eq!(refused(&backwards.bytes()), Ok(()));
    let vast = Archive::sheet(ONE_CELL).edit(
        "xl/worksheets/sheet1.xml",
        "<sheetData>",
        r#"<dimension ref="A1:XFD1048576"/><sheetData>"#,
    );
    assert_eq!(refused(&vast.bytes()), Ok(()));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = Archive::sheet(ONE_CELL).bytes();
    assert_eq!(refused(&whole), Ok(()));
    for end in 0..whole.len() {
        assert!(refused(&whole[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_flipped_byte_never_does_harm() {
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let whole = Archive::sheet(ONE_CELL).packed(method);
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= if at % 2 == 0 { 0x01 } else { 0xff };
            // A time stamp may change without consequence; nothing may panic.
            let _ = table_json(&flipped);
        }
    }
}

#[test]
fn lying_sizes_are_refused() {
    let whole = Archive::sheet(ONE_CELL).bytes();
    let find = |magic: &[u8]| {
        (0..whole.len() - 4)
            .filter(|&at| &whole[at..at + 4] == magic)
            .collect::<Vec<_>>()
    };
    // In the central directory: compressed size at 20, inflated size at 24.
    for header in find(b"PK\x01\x02") {
        for field in [20, 24] {
            for lie in [0_u32, 1, 1 << 20, u32::MAX - 1] {
                let mut lying = whole.clone();
                lying[header + field..header + field + 4].copy_from_slice(&lie.to_le_bytes());
                // A size that is too large is not believed, and does not matter.
                let found = refused(&lying);
                assert!(found.is_err() || field == 24 || lie > 1, "{header} {lie}");
            }
        }
    }
}

#[test]
fn sheets_that_cannot_be_read_are_named() {
    let book = Archive::sheet(ONE_CELL);
    let none = r#"<sheet name="Orders" sheetId="1" r:id="rId1"/>"#;
    check(
        &book.clone().edit("xl/workbook.xml", none, "").bytes(),
        "no_sheet",
    );
    let macros = book.edit(
        "xl/_rels/workbook.xml.rels",
        "/worksheet\"",
        "/xlMacrosheet\"",
    );
    check(&macros.bytes(), "other_format");
}

#[test]
fn parts_that_are_not_there_are_refused() {
    for missing in [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
    ] {
        let mut archive = Archive::sheet(ONE_CELL);
        archive.0.retain(|(name, _)| name != missing);
        assert!(refused(&archive.bytes()).is_err(), "{missing}");
    }
}

/// Pieces that a mutation puts somewhere.
const PIECES: &[&str] = &[
    "<",
    ">",
    "\"",
    "/",
    "=",
    "&",
    ";",
    "&#0;",
    "&#xffffffff;",
    "<!--",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "\u{0}",
    "A",
    "0",
    "-1",
    "4294967295",
    "99999999999999999999",
    "1e999",
    "NaN",
    "XFD1048576",
    "ZZZZZZZ9",
    "<row>",
    "</row>",
    "<c>",
    "</c>",
    "<v/>",
    "<f t=\"shared\" si=\"4294967295\" ref=\"A1:B2\">",
    "t=\"s\"",
    "t=\"e\"",
    "t=\"d\"",
    "s=\"99999\"",
    "<si>",
    "<sheetData>",
    "</sheetData>",
    "_x0000_",
    "_xD800_",
    "é",
    "株",
];

/// A workbook whose XML was mangled but whose archive is sound: this gets past the checksums.
fn mangled(archive: &Archive, chance: &mut oorandom::Rand32) -> Vec<u8> {
    let mut archive = archive.clone();
    for _ in 0..=chance.rand_range(0..3) {
        let part = chance.rand_range(0..archive.0.len() as u32) as usize;
        let content = &mut archive.0[part].1;
        let from = chance.rand_range(0..content.len() as u32 + 1) as usize;
        let to = (from + chance.rand_range(0..12) as usize).min(content.len());
        let piece = PIECES[chance.rand_range(0..PIECES.len() as u32) as usize];
        content.splice(from..to, piece.bytes());
    }
    archive.packed(CompressionMethod::Stored)
}

#[test]
fn mangled_xml_is_read_or_refused() {
    let mut chance = oorandom::Rand32::new(7);
    let rounds = std::env::var("MANGLED").map_or(600, |n| n.parse().unwrap());
    let sound = [
        Archive::unpack(&typical()),
        Archive::sheet(ONE_CELL).with(
            "xl/sharedStrings.xml",
            r#"<sst uniqueCount="1"><si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></si></sst>"#,
        ),
    ];
    for round in 0..rounds {
        let bytes = mangled(&sound[round % sound.len()], &mut chance);
        // Any answer will do; a panic or a trap will not.
        let _ = table_json(&bytes);
    }
}
