//! Official documents as PDF (Typst): the only place that knows Typst.
//!
//! A [`Document`] is plain data; [`render`] gives the bytes of a PDF, [`workbook`] those of its XLSX twin. What a document looks like stands in
//! `templates/*.typ`, readable by an office. No clock, no disk, no network: the same input gives the same bytes.
//! Rendering takes from a tenth of a second to some seconds: call it off the request's thread.

mod decree;
mod deliberation_minutes;
mod engine;
mod handover_minutes;
mod invitations;
mod office;
mod pages;
mod payment_list;
mod person_sheet;
pub mod qr;
mod realisation_report;
mod recap;
mod receipt_sheet;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
#[cfg(test)]
mod tests;
mod twin;
mod verification_minutes;

use domain::Rupiah;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use typst::{
    foundations::{Label, Selector, Value as TypstValue},
    introspection::Introspector,
    utils::PicoStr,
};
use typst_layout::PagedDocument;

use crate::twin::Leaf;

pub use crate::{
    decree::{Criteria, Criterion, Decree, DecreeRow},
    deliberation_minutes::{DeliberationMinutes, DeliberationRow, Participant},
    handover_minutes::{FirstParty, Goods, HandoverMinutes, HandoverRow, SecondParty},
    invitations::{Invitation, Invitations, PerSheet},
    office::{Basis, BudgetLine, Capacity, Event, Letterhead, Recipient, Signatory},
    payment_list::{Payment, PaymentList},
    person_sheet::{PersonSheet, SheetPart},
    realisation_report::{Delivery, RealisationLine, RealisationReport, TreasuryReturn},
    recap::{Counts, Recap, RecapVillage},
    receipt_sheet::{Proxy, Receipt, ReceiptSheet},
    twin::workbook,
    verification_minutes::{Enumerator, VerificationMinutes, VerifiedArea, VisitFigures},
};

/// An official document, ready to be printed. Serialisable, so that a job can carry it and an archive can keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "document", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "documents are made one at a time, not kept in arrays")]
pub enum Document {
    /// Surat keputusan penetapan.
    Decree(Decree),
    /// Daftar nominatif.
    PaymentList(PaymentList),
    /// Undangan.
    Invitations(Invitations),
    /// Tanda terima.
    ReceiptSheet(ReceiptSheet),
    /// Berita acara serah terima.
    HandoverMinutes(HandoverMinutes),
    /// Laporan realisasi.
    RealisationReport(RealisationReport),
    /// Rekap per kecamatan dan desa.
    Recap(Recap),
    /// Berita acara musyawarah desa/kelurahan.
    DeliberationMinutes(DeliberationMinutes),
    /// Berita acara verifikasi dan validasi.
    VerificationMinutes(VerificationMinutes),
    /// Lembar data pribadi.
    PersonSheet(PersonSheet),
}

/// Sheet of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 x 297 mm.
    A4,
    /// Folio, 215 x 330 mm: the paper of most Indonesian offices.
    #[default]
    F4,
}

impl Paper {
    /// Width and height in millimetres, standing.
    pub fn millimetres(self) -> (u32, u32) {
        match self {
            Self::A4 => (210, 297),
            Self::F4 => (215, 330),
        }
    }
}

/// How a document is printed; nothing of it is part of the document's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    pub paper: Paper,
    /// The opaque id by which the office finds the document again; small at the foot of each page.
    pub id: String,
    /// Prints KONSEP across each page.
    pub draft: bool,
    /// Structure for screen readers. By itself on for documents of up to 300 rows: above, it doubles time and size.
    pub tagged: Option<bool>,
}

impl Print {
    pub fn on(paper: Paper, id: impl Into<String>) -> Self {
        Self { paper, id: id.into(), ..Self::default() }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A fault of ours, not of the data: the template does not compile with it.
    #[error("template {template}: {problems}")]
    Template { template: &'static str, problems: String },
    /// What a QR code should say does not fit into one.
    #[error("a QR code cannot hold {bytes} bytes")]
    CodeTooLong { bytes: usize },
    #[error("the workbook")]
    Workbook(#[from] sheets::WriteError),
    /// The template did not say how much room its pages have.
    #[error("template {template} does not say the room on its pages: {reason}")]
    Room { template: &'static str, reason: String },
}

/// The rows of a long list as printed, and the amount of each where pages are summed.
pub(crate) struct Listing {
    rows: Vec<Vec<String>>,
    amounts: Vec<Rupiah>,
}

/// What each kind of document knows of its own printing.
pub(crate) trait Printed {
    /// Its file in `templates/`, without `.typ`.
    fn template(&self) -> &'static str;

    /// The title a reader shows in its window.
    fn title(&self) -> String;

    /// The words its template prints.
    fn view(&self) -> Result<Value, Error>;

    /// The digest that seals what it prints, in hexadecimal, when it was sealed elsewhere.
    fn seal(&self) -> Option<&str> {
        None
    }

    /// Its long list, when it has one.
    fn listing(&self) -> Option<Listing> {
        None
    }

    /// The sheets of its XLSX twin.
    fn leaves(&self) -> Vec<Leaf<'_>>;
}

impl Document {
    fn printed(&self) -> &dyn Printed {
        match self {
            Self::Decree(document) => document,
            Self::PaymentList(document) => document,
            Self::Invitations(document) => document,
            Self::ReceiptSheet(document) => document,
            Self::HandoverMinutes(document) => document,
            Self::RealisationReport(document) => document,
            Self::Recap(document) => document,
            Self::DeliberationMinutes(document) => document,
            Self::VerificationMinutes(document) => document,
            Self::PersonSheet(document) => document,
        }
    }

    /// The title a reader shows in its window; also fit for a heading.
    pub fn title(&self) -> String {
        self.printed().title()
    }

    /// What proves that a print shows this content and no other: the first 64 bits of its SHA-256, in hexadecimal; of a
    /// signed decree those of the digest that seals it. Printed at the foot of each page next to the id.
    pub fn fingerprint(&self) -> String {
        if let Some(head) = self.printed().seal().and_then(|seal| seal.get(..16)) {
            return head.to_owned();
        }
        let mut head = [0; 8];
        head.copy_from_slice(&Sha256::digest(json!(self).to_string().as_bytes())[..8]);
        format!("{:016x}", u64::from_be_bytes(head))
    }
}

/// The PDF of a document.
pub fn render(document: &Document, print: &Print) -> Result<Vec<u8>, Error> {
    let listing = document.printed().listing();
    let rows = listing.as_ref().map_or(0, |listing| listing.rows.len());
    let tagged = print.tagged.unwrap_or(rows <= 300);
    let laid_out = lay_out(document, listing, print)?;
    engine::export(
        document.printed().template(),
        &laid_out,
        &format!("{} {}", print.id, document.fingerprint()),
        tagged,
    )
}

/// What the template reads: the document's words, and how it is printed.
fn data(document: &Document, print: &Print, listed: bool) -> Result<Value, Error> {
    let (width, height) = print.paper.millimetres();
    let sealed = document.printed().seal().is_some();
    let seal = format!("{} {}", if sealed { "sidik SK" } else { "sidik isi" }, document.fingerprint());
    let foot = [print.id.as_str(), &seal].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let mut data = document.printed().view()?;
    data["listed"] = Value::Bool(listed);
    data["print"] = json!({
        "width": width,
        "height": height,
        "title": document.title(),
        "foot": foot,
        "draft": print.draft,
    });
    Ok(data)
}

fn lay_out(document: &Document, listing: Option<Listing>, print: &Print) -> Result<PagedDocument, Error> {
    let template = document.printed().template();
    let mut data = data(document, print, listing.is_some())?;
    let Some(listing) = listing else { return engine::compile(template, &data) };
    let mut room = room(template, &data)?;
    loop {
        data["pages"] = deal(&room, &listing);
        let laid_out = engine::compile(template, &data)?;
        if pages_took_their_rows(&laid_out) || !room.shrink() {
            return Ok(laid_out);
        }
    }
}

/// Deals the rows of a list out to pages.
fn deal(room: &pages::Room, listing: &Listing) -> Value {
    let heights = pages::heights(&listing.rows, room, |text| engine::text_width(text, room.size, room.bold));
    let ranges = pages::paginate(&heights, room);
    let sums = if listing.amounts.is_empty() { Vec::new() } else { pages::sums(&listing.amounts, &ranges) };
    let dealt = ranges.into_iter().enumerate().map(|(index, range)| {
        json!({
            "number": index + 1,
            "rows": listing.rows[range],
            "sums": sums.get(index).map(|sum| json!({
                "carried": office::figure(sum.carried),
                "page": office::figure(sum.page),
                "words": sum.page.in_words(),
                "running": office::figure(sum.running),
            })),
        })
    });
    dealt.collect()
}

/// Whether each dealt page is one page on paper: the marks at their beginnings stand on pages one after the other, and the
/// mark at the end on the last of them. A row that is taller than measured (a bold line, a sign the font does not have)
/// would push its last rows onto a page of their own.
fn pages_took_their_rows(laid_out: &PagedDocument) -> bool {
    let Some(label) = Label::new(PicoStr::intern("mark")) else { return true };
    let marks = laid_out.introspector().query(&Selector::Label(label));
    let pages: Vec<usize> = marks
        .iter()
        .filter_map(|mark| laid_out.introspector().page(mark.location()?))
        .map(std::num::NonZeroUsize::get)
        .collect();
    match pages.as_slice() {
        [starts @ .., end] => starts.windows(2).all(|pair| pair[0] + 1 == pair[1]) && starts.last() == Some(end),
        [] => true,
    }
}

fn room(template: &'static str, data: &Value) -> Result<pages::Room, Error> {
    let fault = |reason: String| Error::Room { template, reason };
    let probe = engine::compile(template, data)?;
    let label = Label::new(PicoStr::intern("room")).ok_or_else(|| fault("no label".to_owned()))?;
    let said = probe.introspector().query_label(label).map_err(|e| fault(e.to_string()))?.clone();
    let value: TypstValue = said.field_by_name("value").map_err(|e| fault(e.to_string()))?;
    let json = serde_json::to_value(&value).map_err(|e| fault(e.to_string()))?;
    serde_json::from_value(json).map_err(|e| fault(e.to_string()))
}
