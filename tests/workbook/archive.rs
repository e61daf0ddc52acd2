//! A small workbook made by hand, whose parts a test can replace.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PKG: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of an archive by name, in order.
#[derive(Clone)]
pub struct Archive(pub Vec<(String, Vec<u8>)>);

impl Archive {
    /// A workbook with one sheet named Orders, which holds this XML between the tags of its data.
    pub fn sheet(data: &str) -> Self {
        let sheet =
            format!(r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>"#);
        let rels = format!(
            r#"{HEAD}<Relationships xmlns="{PKG}"><Relationship Id="rId1" Type="{DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        );
        let book_rels = format!(
            r#"{HEAD}<Relationships xmlns="{PKG}"><Relationship Id="rId1" Type="{DOC}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        );
        let book = format!(
            r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{DOC}"><workbookPr/><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        );
        let styles = format!(
            r#"{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>"#
        );
        let types = format!(
            r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#
        );
        let parts = [
            ("[Content_Types].xml", types),
            ("_rels/.rels", rels),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", book_rels),
            ("xl/styles.xml", styles),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        Self(
            parts
                .map(|(name, text)| (name.to_owned(), text.into_bytes()))
                .to_vec(),
        )
    }

    /// With a part put in place of the one of that name, or added.
    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        let content = content.into();
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some(part) => part.1 = content,
            None => self.0.push((name.to_owned(), content)),
        }
        self
    }

    /// With a text replaced in a part.
    pub fn edit(self, name: &str, from: &str, to: &str) -> Self {
        let part = self.0.iter().find(|(n, _)| n == name).unwrap();
        let text = String::from_utf8(part.1.clone()).unwrap();
        assert!(text.contains(from), "{from} is not in {name}");
        self.with(name, text.replace(from, to))
    }

    /// The archive's bytes, compressed.
    pub fn bytes(&self) -> Vec<u8> {
        self.packed(CompressionMethod::Deflated)
    }

    /// The archive's bytes, packed by that method.
    pub fn packed(&self, method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        for (name, content) in &self.0 {
            writer.start_file(name.as_str(), options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The parts of a finished workbook.
    pub fn unpack(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..archive.len()).map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (name, content)
        });
        Self(parts.collect())
    }
}
