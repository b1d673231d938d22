//! What the documents say, page by page, read from the laid-out pages (no PDF is parsed).

use domain::Rupiah;

use crate::{Document, Paper, Print, engine, lay_out, payment_list::figure, samples};

const PAPERS: [Paper; 2] = [Paper::A4, Paper::F4];

/// The words on each page of a document.
fn pages(document: &Document, paper: Paper) -> Vec<String> {
    let print = Print::on(paper, samples::DOCUMENT_ID);
    engine::words(&lay_out(document, document.listing(), &print).unwrap())
}

#[track_caller]
fn says(text: &str, what: &str) {
    assert!(text.contains(what), "{what:?} is not in: {text}");
}

#[test]
fn every_document_prints_on_both_papers_with_its_id_and_page_numbers() {
    for (name, document) in samples::all() {
        for paper in PAPERS {
            let pages = pages(&document, paper);
            for (index, page) in pages.iter().enumerate() {
                says(page, samples::DOCUMENT_ID);
                says(page, &document.fingerprint());
                says(page, &format!("Halaman {} dari {}", index + 1, pages.len()));
            }
            assert!(!pages.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_and_another_paper_keeps_the_fingerprint() {
    let document = Document::PaymentList(samples::payment_list(3));
    let print = Print::on(Paper::A4, samples::DOCUMENT_ID);
    let once = crate::render(&document, &print).unwrap();
    assert!(once.starts_with(b"%PDF-"));
    assert_eq!(once, crate::render(&document, &print).unwrap());
    let again: Document = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!(again.fingerprint(), document.fingerprint());
    assert_ne!(Document::PaymentList(samples::payment_list(4)).fingerprint(), document.fingerprint());
}

#[test]
fn a_payment_list_sums_each_page_carries_over_and_spells_the_total() {
    let list = samples::payment_list(60);
    let total = list.total();
    for paper in PAPERS {
        let pages = pages(&Document::PaymentList(list.clone()), paper);
        assert!(pages.len() > 1);
        let mut before = Rupiah::ZERO;
        let mut next = 1;
        for (index, page) in pages.iter().enumerate() {
            let count = list.rows[next - 1..].iter().take_while(|row| page.contains(&row.recipient.nik)).count();
            let sum: Rupiah = list.rows[next - 1..next - 1 + count].iter().map(|row| row.amount).sum();
            if index > 0 {
                says(page, &format!("Jumlah pindahan {}", figure(before)));
            }
            says(page, "No Nama NIK");
            says(page, &format!("({}) {}", sum.in_words(), figure(sum)));
            before = before + sum;
            next += count;
        }
        let last = pages.last().unwrap();
        says(last, &format!("JUMLAH SELURUHNYA (60 keluarga) {}", figure(total)));
        says(last, "Delapan Puluh Delapan Juta Dua Ratus Lima Puluh Ribu Rupiah");
        assert_eq!(total, Rupiah(88_250_000));
        for name in ["Lilis Suryani", "Andika Saputra", "Dra. Ratna Wulandari", "99011205 199003 2 001"] {
            says(last, name);
        }
        assert_eq!(next, 61, "every row is printed");
    }
}

#[test]
fn a_decree_repeats_its_number_on_every_annex_page_and_keeps_rows_with_the_signature() {
    let decree = Document::Decree(samples::decree(60));
    for paper in PAPERS {
        let pages = pages(&decree, paper);
        for part in ["Menimbang", "Mengingat", "Memperhatikan", "MEMUTUSKAN:", "KESATU", "NOMOR 400.9/112/2026"] {
            says(&pages[0], part);
        }
        let annex: Vec<&String> = pages.iter().filter(|page| page.contains("Bantuan/Jumlah")).collect();
        assert!(annex.len() > 1);
        for page in &annex {
            says(page, "400.9/112/2026");
            says(page, "3 Maret 2026");
            says(page, "Peringkat Skor");
        }
        says(annex.last().unwrap(), "JUMLAH (60 keluarga) Rp90.000.000");
        says(annex.last().unwrap(), "H. Bagus Prasetya, S.E.");
        says(annex.last().unwrap(), &samples::recipient(59).nik);
        says(pages.last().unwrap(), "Cara membaca data");
    }
}

#[test]
fn a_decree_without_number_or_date_leaves_room_to_write_them() {
    let pages = pages(&Document::Decree(samples::head_decree(4)), Paper::F4);
    let text = pages.join(" ");
    says(&text, "a.n. Bupati Contoh");
    says(&text, "Plt. Kepala Dinas Sosial,");
    says(&text, ". . .");
    assert!(!text.contains("Peringkat"), "an unranked decree has no rank column");
}
