//! Lists: versions of every source, uploading, what is wrong with each row, what a commit would change, the commit, and
//! any two committed lists held against each other.
//!
//! An upload is stored and looked at ([`intake`], [`inspect`]), a person confirms what it is ([`draft`]), a job reads it
//! ([`reading`], [`jobs`]), the reading report shows faults and difference ([`report_page`]), a person commits. A
//! list that was read can be given away as a workbook ([`correction_sheet`]), comes back corrected ([`correcting`]) and is looked
//! at before it counts ([`correction_page`]); a single row is put right where it is seen ([`row_page`]). The command line goes the same way ([`command`]) and prints the report as JSON lines ([`report`]). Comparing is [`compare_page`].

mod actions;
pub mod command;
mod compare_families;
mod compare_page;
mod compare_sheet;
pub mod correcting;
mod correction_command;
mod correction_page;
mod correction_sheet;
mod draft;
mod findings_sheet;
pub mod formats;
mod formats_page;
pub mod inspect;
pub mod intake;
pub mod jobs;
mod mapping_page;
mod pages;
mod permission_page;
pub mod reading;
pub mod report;
mod report_page;
mod row_page;
mod undo_page;

pub use command::{bring_in, lay_out};
use domain::access::Right;

use crate::router::{Need, Route, get, post};

pub fn routes() -> Vec<Route> {
    const READ: Need = Need::Right(Right::ReadLists);
    const CHANGE: Need = Need::Right(Right::CommitLists);
    /// Files and findings carry numbers unmasked: whoever takes them out is in the journal.
    const TAKE_OUT: Need = Need::Right(Right::RevealNumbers);
    /// Rows of the whole district, with what was corrected in them.
    const CORRECT: Need = Need::AllOf(&[Right::ReadLists, Right::RevealNumbers]);
    /// Counts of two lists; the families behind them ask for more.
    const COUNT: Need = Need::Right(Right::SeeTotals);
    const FAMILIES: Need = Need::AllOf(&[Right::ReadLists, Right::SeeFamilies]);
    vec![
        get("/daftar", READ, pages::versions),
        get("/daftar/contoh", READ, pages::samples),
        get("/daftar/contoh/{name}", READ, pages::sample),
        get("/daftar/unggah", CHANGE, pages::upload),
        post("/daftar/unggah", CHANGE, actions::upload).takes(intake::LARGEST as usize + 1024 * 1024),
        get("/daftar/format", READ, formats_page::page),
        post("/daftar/format", CHANGE, formats_page::upload).takes(formats_page::LARGEST + 64 * 1024),
        get("/daftar/format/{format}", READ, formats_page::view),
        get("/daftar/format/{format}/unduh", READ, formats_page::file),
        post("/daftar/format/{format}/matikan", CHANGE, formats_page::switch_off),
        post("/daftar/format/{format}/nyalakan", CHANGE, formats_page::switch_on),
        get("/daftar/berkas/{id}/petakan", CHANGE, mapping_page::page),
        post("/daftar/berkas/{id}/petakan", CHANGE, mapping_page::act),
        get("/daftar/banding", COUNT, compare_page::choose),
        get("/daftar/{id}/banding/{other}", COUNT, compare_page::page),
        post("/daftar/{id}/banding/{other}/unduh", COUNT, compare_sheet::workbook),
        get("/daftar/{id}/banding/{other}/unduh.csv", COUNT, compare_sheet::csv),
        get("/daftar/{id}/banding/{other}/{group}", FAMILIES, compare_families::page),
        get("/daftar/{id}", READ, pages::version),
        get("/daftar/{id}/kemajuan", READ, pages::progress),
        get("/daftar/{id}/beda/{part}", READ, pages::difference),
        get("/daftar/{id}/batal", CHANGE, pages::discard),
        get("/daftar/{id}/tarik", CHANGE, undo_page::question),
        post("/daftar/{id}/tarik", CHANGE, undo_page::undo),
        post("/daftar/{id}/baca", CHANGE, actions::read),
        post("/daftar/{id}/hentikan", CHANGE, actions::stop),
        post("/daftar/{id}/ubah", CHANGE, actions::reopen),
        post("/daftar/{id}/masukkan", CHANGE, actions::commit),
        post("/daftar/{id}/batal", CHANGE, actions::discard),
        get("/daftar/{id}/izin", CHANGE, permission_page::page),
        post("/daftar/{id}/izin", CHANGE, permission_page::save),
        get("/daftar/{id}/baris/{row}", CORRECT, row_page::page),
        post("/daftar/{id}/baris/{row}", CHANGE, row_page::put),
        get("/daftar/{id}/perbaikan", CORRECT, correction_page::page),
        post("/daftar/{id}/perbaikan", CHANGE, correction_page::upload).takes(intake::LARGEST as usize + 1024 * 1024),
        get("/daftar/{id}/perbaikan/{correction}", CORRECT, correction_page::correction),
        get("/daftar/{id}/perbaikan/{correction}/kemajuan", CORRECT, correction_page::progress),
        post("/daftar/{id}/perbaikan/{correction}/terapkan", CHANGE, correction_page::apply),
        post("/daftar/{id}/perbaikan/{correction}/tarik", CHANGE, correction_page::undo),
        post("/daftar/{id}/perbaikan/{correction}/bandingkan", CHANGE, correction_page::again),
        post("/daftar/{id}/perbaikan/{correction}/buang", CHANGE, correction_page::discard),
        post("/daftar/berkas/{id}/perbaikan", TAKE_OUT, correction_page::workbook),
        post("/daftar/{id}/temuan", TAKE_OUT, actions::findings),
        post("/daftar/berkas/{id}", TAKE_OUT, actions::file),
    ]
}
