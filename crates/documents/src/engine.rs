//! Typst in-process: templates and fonts from the binary, data as a virtual `data.json`, nothing from the disk or the clock.
//!
//! [`compile`] lays a template out, [`export`] makes the PDF of it. The same input gives the same bytes.

use std::{collections::HashMap, sync::LazyLock};

use serde_json::Value;
use typst::{
    Library, LibraryExt, World, comemo,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    layout::{Abs, Em},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook, FontInstance, FontVariant, FontVariations},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::Error;

/// Every template, by the name under which another one imports it.
const TEMPLATES: &[(&str, &str)] = &[
    ("/office.typ", include_str!("../templates/office.typ")),
    ("/decree.typ", include_str!("../templates/decree.typ")),
    ("/payment_list.typ", include_str!("../templates/payment_list.typ")),
    ("/invitations.typ", include_str!("../templates/invitations.typ")),
    ("/receipt_sheet.typ", include_str!("../templates/receipt_sheet.typ")),
    ("/handover_minutes.typ", include_str!("../templates/handover_minutes.typ")),
    ("/realisation_report.typ", include_str!("../templates/realisation_report.typ")),
    ("/recap.typ", include_str!("../templates/recap.typ")),
    ("/deliberation_minutes.typ", include_str!("../templates/deliberation_minutes.typ")),
    ("/person_sheet.typ", include_str!("../templates/person_sheet.typ")),
    ("/verification_minutes.typ", include_str!("../templates/verification_minutes.typ")),
];
const DATA: &str = "/data.json";

struct House {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// Two faces to measure with.
    regular: Option<FontInstance>,
    bold: Option<FontInstance>,
    sources: HashMap<FileId, Source>,
    data: FileId,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let to_measure =
        |font: &Font| font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default());
    let fonts: Vec<Font> =
        letter_faces().into_iter().flatten().filter_map(|face| Font::new(Bytes::new(face), 0)).collect();
    House {
        library: LazyHash::new(Library::builder().build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        regular: fonts.first().map(to_measure),
        bold: fonts.get(1).map(to_measure),
        fonts,
        sources: TEMPLATES
            .iter()
            .map(|(path, text)| (file_id(path), Source::new(file_id(path), (*text).to_owned())))
            .collect(),
        data: file_id(DATA),
    }
});

/// Libertinus Serif: regular, bold, italic, bold italic. Taken one by one and not by a loop, so that the linker sees that
/// the other thirteen faces of the package (8 MB) are never read and leaves them out.
fn letter_faces() -> [Option<&'static [u8]>; 4] {
    let mut faces = typst_assets::fonts();
    [faces.next(), faces.next(), faces.next(), faces.next()]
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the paths of our own templates are well-formed");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// One template with its data.
struct Desk {
    main: FileId,
    data: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &HOUSE.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &HOUSE.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        HOUSE.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == HOUSE.data { Ok(self.data.clone()) } else { Err(not_found(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        HOUSE.fonts.get(index).cloned()
    }

    /// There is no today in a document: its date is part of its data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Lays out `template` (its file name without `.typ`) with `data`.
pub(crate) fn compile(template: &'static str, data: &Value) -> Result<PagedDocument, Error> {
    let desk = Desk { main: file_id(&format!("/{template}.typ")), data: Bytes::from_string(data.to_string()) };
    let result = typst::compile::<PagedDocument>(&desk).output;
    // Nothing of one document is of use to the next; without this a long list stays in memory.
    comemo::evict(0);
    result.map_err(|problems| Error::Template { template, problems: explain(&desk, &problems) })
}

/// The PDF of a laid-out document. `ident` becomes (hashed) its file identifier.
pub(crate) fn export(
    template: &'static str,
    document: &PagedDocument,
    ident: &str,
    tagged: bool,
) -> Result<Vec<u8>, Error> {
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("Tuntas".to_owned())),
        tagged,
        ..PdfOptions::default()
    };
    let result = typst_pdf::pdf(document, &options);
    comemo::evict(0);
    result.map_err(|problems| Error::Template {
        template,
        problems: problems.iter().map(|problem| problem.message.to_string()).collect::<Vec<_>>().join("; "),
    })
}

/// `payment_list.typ:12: unknown variable: x`, one per problem.
fn explain(desk: &Desk, problems: &[SourceDiagnostic]) -> String {
    let one = |problem: &SourceDiagnostic| {
        let place = problem.span.id().and_then(|id| {
            let source = desk.source(id).ok()?;
            let start = typst::WorldExt::range(desk, problem.span)?.start;
            let line = source.lines().byte_to_line(start)? + 1;
            Some(format!("{}:{line}: ", id.vpath().get_without_slash()))
        });
        format!("{}{}", place.unwrap_or_default(), problem.message)
    };
    problems.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Width of `text` in points, set at `size` points in the regular or the bold face.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let Some(font) = (if bold { &HOUSE.bold } else { &HOUSE.regular }) else { return 0.0 };
    let advance = |c| {
        if c == '\u{2060}' {
            0.0
        } else {
            font.ttf().glyph_index(c).and_then(|glyph| font.x_advance(glyph.0)).map_or(0.5, Em::get)
        }
    };
    text.chars().map(advance).sum::<f64>() * size
}

/// The words on each page, piece by piece in the order they are drawn.
#[cfg(test)]
pub(crate) fn words(document: &PagedDocument) -> Vec<String> {
    use typst::layout::{Frame, FrameItem};

    fn collect(frame: &Frame, out: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => collect(&group.frame, out),
                FrameItem::Text(text) => {
                    out.push_str(&text.text.as_str().replace('\u{a0}', " ").replace('\u{2060}', ""));
                    out.push(' ');
                }
                _ => {}
            }
        }
    }
    document
        .pages()
        .iter()
        .map(|page| {
            let mut out = String::new();
            collect(&page.frame, &mut out);
            out.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}
