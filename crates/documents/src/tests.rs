//! What the documents say, page by page, read from the laid-out pages (no PDF is parsed).

use domain::{AreaCode, Level, Rupiah, delivery::Share, money::grouped};

use crate::{Counts, Document, Paper, PerSheet, Print, RecapVillage, engine, lay_out, office::figure, samples};

const PAPERS: [Paper; 2] = [Paper::A4, Paper::F4];

/// The words on each page of a document.
fn pages(document: &Document, paper: Paper) -> Vec<String> {
    let print = Print::on(paper, samples::DOCUMENT_ID);
    engine::words(&lay_out(document, document.printed().listing(), &print).unwrap())
}

#[track_caller]
fn says(text: &str, what: &str) {
    assert!(text.contains(what), "{what:?} is not in: {text}");
}

#[test]
fn every_document_prints_on_a4_with_its_id_and_page_numbers() {
    prints_with_id_and_page_numbers(Paper::A4);
}

#[test]
fn every_document_prints_on_f4_with_its_id_and_page_numbers() {
    prints_with_id_and_page_numbers(Paper::F4);
}

fn prints_with_id_and_page_numbers(paper: Paper) {
    for (name, document) in samples::all() {
        let pages = pages(&document, paper);
        assert!(!pages.is_empty(), "{name}");
        for (index, page) in pages.iter().enumerate() {
            says(page, samples::DOCUMENT_ID);
            says(page, &document.fingerprint());
            says(page, &format!("Halaman {} dari {}", index + 1, pages.len()));
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
    let list = samples::payment_list(45);
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
        says(last, &format!("JUMLAH SELURUHNYA (45 keluarga) {}", figure(total)));
        says(last, "Enam Puluh Enam Juta Dua Ratus Lima Puluh Ribu Rupiah");
        assert_eq!(total, Rupiah(66_250_000));
        for name in ["Lilis Suryani", "Andika Saputra", "Dra. Ratna Wulandari", "99011205 199003 2 001"] {
            says(last, name);
        }
        assert_eq!(next, 46, "every row is printed");
    }
}

#[test]
fn a_payment_list_over_its_ceiling_says_by_how_much() {
    let mut list = samples::payment_list(4);
    list.ceiling = Some(list.total() - Rupiah(250_000));
    let text = pages(&Document::PaymentList(list), Paper::A4).join(" ");
    says(&text, "Kurang (melebihi pagu) : Rp250.000");
}

#[test]
fn a_decree_repeats_its_number_on_every_annex_page_and_keeps_rows_with_the_signature() {
    let decree = Document::Decree(samples::decree(45));
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
        says(annex.last().unwrap(), "JUMLAH (45 keluarga) Rp67.500.000");
        says(annex.last().unwrap(), "H. Bagus Prasetya, S.E.");
        says(annex.last().unwrap(), &samples::recipient(44).nik);
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

#[test]
fn invitations_stand_two_or_three_to_a_sheet_and_show_no_number_of_a_person() {
    for (per_sheet, families, sheets) in [(PerSheet::Two, 5, 3), (PerSheet::Three, 6, 2)] {
        let invitations = samples::invitations(families, per_sheet);
        for paper in PAPERS {
            let pages = pages(&Document::Invitations(invitations.clone()), paper);
            assert_eq!(pages.len(), sheets, "{per_sheet:?} on {paper:?}");
            let text = pages.join(" ");
            for invitation in &invitations.invitations {
                says(&text, &invitation.recipient.name);
                says(&text, &invitation.number);
                assert!(!text.contains(&invitation.recipient.nik), "an invitation may be lost: no NIK on it");
                assert!(!text.contains(&invitation.recipient.family_card));
            }
            says(&text, "Bila diwakilkan: anggota satu KK, atau orang lain dengan surat kuasa.");
            says(&text, "Senin, 23 Maret 2026");
            says(&text, "pukul 08.00\u{2013}12.00 WITA");
            says(&text, "KTP asli; Kartu Keluarga asli");
        }
    }
}

#[test]
fn a_receipt_sheet_has_the_event_on_every_page_and_a_place_to_sign_for_each_row() {
    let sheet = samples::receipt_sheet(60);
    for paper in PAPERS {
        let pages = pages(&Document::ReceiptSheet(sheet.clone()), paper);
        assert!(pages.len() >= 3);
        let mut printed = 0;
        for page in &pages {
            says(page, "TANDA TERIMA BANTUAN LANGSUNG TUNAI");
            says(page, "Gedung Serbaguna Kecamatan Tanjung Makmur");
            says(page, "Senin, 23 Maret 2026");
            let rows = sheet.rows.iter().filter(|row| page.contains(&row.recipient.nik)).count();
            assert!(rows <= 25, "{rows} rows on a page of {paper:?}");
            printed += rows;
        }
        assert_eq!(printed, 60);
        says(&pages.join(" "), "Siti Aisyah (istri)");
        let last = pages.last().unwrap();
        says(last, "Saksi, Camat Tanjung Makmur,");
        says(last, "Petugas Penyaluran,");
        // Each number stands twice: in its column and in its place to sign.
        assert_eq!(last.matches(" 59 ").count(), 2, "{last}");
    }
}

#[test]
fn handover_minutes_spell_the_day_and_the_value() {
    let text = pages(&Document::HandoverMinutes(samples::handover_minutes(0)), Paper::A4).join(" ");
    says(&text, "Senin tanggal dua puluh tiga bulan Maret tahun dua ribu dua puluh enam (23-03-2026)");
    says(&text, "2 (dua) karung");
    says(&text, "Rp404.500,00 (Empat Ratus Empat Ribu Lima Ratus Rupiah)");
    says(&text, "Keputusan Bupati Contoh Nomor 400.9/112/2026 tanggal 3 Maret 2026");
    says(&text, "PIHAK KEDUA Penerima bantuan,");
    assert!(!text.contains("DAFTAR PENERIMA"), "without recipients there is no annex");
}

#[test]
fn the_annex_of_handover_minutes_sums_to_the_value_of_the_goods() {
    let minutes = samples::handover_minutes(28);
    let each: Rupiah = minutes.recipients.iter().map(|row| row.value).sum();
    assert_eq!(each, minutes.total());
    let text = pages(&Document::HandoverMinutes(minutes), Paper::F4).join(" ");
    says(&text, "Penerima sebanyak 28 keluarga tercantum dalam lampiran");
    says(&text, "JUMLAH SELURUHNYA (28 keluarga) 11.326.000");
    says(&text, "Sebelas Juta Tiga Ratus Dua Puluh Enam Ribu Rupiah");
}

#[test]
fn a_realisation_report_writes_the_equation_out_and_names_what_became_of_the_rest() {
    let text = pages(&Document::RealisationReport(samples::realisation_report()), Paper::A4).join(" ");
    says(&text, "direncanakan = diterima + diwakilkan + tidak hadir + gagal salur + dialihkan");
    says(&text, "Keluarga: 1.160 = 1.073 + 62 + 16 + 3 + 6 Rupiah");
    says(&text, "Rupiah: 1.740.000.000 = 1.609.500.000 + 93.000.000 + 24.000.000 + 4.500.000 + 9.000.000. Seimbang.");
    says(&text, "Penerima pengganti: 6 keluarga (Rp9.000.000) sudah menerima, 0 keluarga (Rp0) tidak menerima");
    says(&text, "19 keluarga (Rp28.500.000) dikembalikan ke kas daerah");
    says(&text, "Keluarga: 1.160 = 988 + 71 + 54 + 3 + 0 + 44 (belum dilayani)");
    says(&text, "JUMLAH 4.800.000.000 4.623.900.000 96,3 % 176.100.000");
    says(&text, "STS 015/DINSOS/2026");
}

#[test]
fn a_delivery_with_more_outcomes_than_planned_says_so() {
    let mut report = samples::realisation_report();
    report.deliveries.truncate(1);
    report.deliveries[0].equation.received += Share::new(2, 3_000_000);
    let text = pages(&Document::RealisationReport(report), Paper::F4).join(" ");
    says(&text, "Keluarga: 1.160 \u{2260} 1.075 + 62 + 16 + 3 + 6");
    says(&text, "Selisih rencana dan hasil: -2 keluarga, -Rp3.000.000.");
}

#[test]
fn a_recap_is_in_the_order_of_the_codes_and_its_kecamatan_sum_their_villages() {
    let recap = samples::recap(13);
    let (lines, total) = recap.ordered();
    assert!(lines.is_sorted_by_key(|line| line.code));
    let of_level = |level| -> i64 {
        lines.iter().filter(|line| line.code.level() == level).map(|line| line.counts.candidate).sum()
    };
    assert_eq!(of_level(Level::Subdistrict), total.candidate);
    assert_eq!(of_level(Level::Village), total.candidate);
    for paper in PAPERS {
        let pages = pages(&Document::Recap(recap.clone()), paper);
        for page in &pages {
            says(page, "Kode Kecamatan,");
        }
        let text = pages.join(" ");
        assert!(text.find("99.01.02 Bukit Sejahtera").unwrap() > text.find("99.01.01.2013").unwrap());
        says(&text, &format!("JUMLAH {}", grouped(total.candidate, '.')));
    }
}

#[test]
fn minutes_of_a_deliberation_account_for_every_family() {
    let minutes = samples::deliberation_minutes(24);
    assert_eq!(minutes.families_after(), 86 - 4 - 2 - 7 + 5);
    let text = pages(&Document::DeliberationMinutes(minutes), Paper::F4).join(" ");
    says(&text, "Keluarga dalam daftar sebelum musyawarah 86");
    says(&text, "Dikeluarkan dari daftar 13");
    says(&text, "Keluarga dalam daftar sesudah musyawarah 78");
    says(&text, "DAFTAR HADIR MUSYAWARAH DESA");
    says(&text, "dihadiri 8 peserta");
    says(&text, "Mengetahui, Camat Tanjung Makmur,");
}

#[test]
fn minutes_of_a_verification_sum_their_areas() {
    let minutes = samples::verification_minutes(5);
    let total = minutes.total();
    let text = pages(&Document::VerificationMinutes(minutes), Paper::A4).join(" ");
    says(&text, &format!("Dari {} keluarga yang ditugaskan", grouped(total.assigned, '.')));
    says(&text, &format!("JUMLAH {} {}", grouped(total.assigned, '.'), grouped(total.visited, '.')));
    says(&text, "2. Alasan tidak layak");
    says(&text, "3. Petugas");
    says(&text, "4. Kesimpulan dan tindak lanjut");
}

#[test]
fn the_sheet_of_a_person_says_what_is_held_and_where_nothing_is() {
    let text = pages(&Document::PersonSheet(samples::person_sheet(3)), Paper::F4).join(" ");
    for what in
        ["9901015207850009", "2. Dari mana data ini", "Bapperida Kabupaten Contoh 2", "Belum ada.", "4. Hak Anda"]
    {
        says(&text, what);
    }
}

#[test]
fn a_draft_says_so_on_every_page() {
    let document = Document::HandoverMinutes(samples::handover_minutes(2));
    let print = Print { draft: true, ..Print::on(Paper::A4, samples::DOCUMENT_ID) };
    let laid_out = lay_out(&document, document.printed().listing(), &print).unwrap();
    for page in engine::words(&laid_out) {
        says(&page, "KONSEP");
    }
}

#[test]
fn a_page_that_did_not_take_its_rows_is_noticed() {
    let document = Document::PaymentList(samples::payment_list(60));
    let print = Print::on(Paper::A4, samples::DOCUMENT_ID);
    let listing = document.printed().listing().unwrap();
    let mut data = crate::data(&document, &print, true).unwrap();
    let mut room = crate::room("payment_list", &data).unwrap();
    data["pages"] = crate::deal(&room, &listing);
    assert!(crate::pages_took_their_rows(&engine::compile("payment_list", &data).unwrap()));
    room.next += 60.0;
    data["pages"] = crate::deal(&room, &listing);
    assert!(!crate::pages_took_their_rows(&engine::compile("payment_list", &data).unwrap()));
}

#[test]
fn a_bold_row_is_measured_in_bold() {
    // A name that just fits its column of 106 points on A4; in bold, as a kecamatan is printed, it takes two lines.
    let mut name = "Kecamatan ".to_owned();
    while engine::text_width(&name, 9.0, false) < 103.0 {
        name.push('i');
    }
    let code = |n: i64| AreaCode::from_number(9_901_000_000 + n * 10_000).unwrap();
    let village = |n: i64| AreaCode::from_number(code(n).number() + 2001).unwrap();
    let mut recap = samples::recap(1);
    recap.subdistricts = (1..=40).map(|n| (code(n), name.clone())).collect();
    recap.villages =
        (1..=40).map(|n| RecapVillage { code: village(n), name: "Desa".into(), counts: Counts::default() }).collect();
    let document = Document::Recap(recap);
    let mut data = crate::data(&document, &Print::on(Paper::A4, ""), true).unwrap();
    let room = crate::room("recap", &data).unwrap();
    data["pages"] = crate::deal(&room, &document.printed().listing().unwrap());
    assert!(crate::pages_took_their_rows(&engine::compile("recap", &data).unwrap()));
}

#[test]
fn a_long_address_does_not_run_into_the_next_invitation() {
    let mut invitations = samples::invitations(6, PerSheet::Three);
    for invitation in &mut invitations.invitations {
        invitation.recipient.address = "Jalan Perjuangan Kemerdekaan Nomor Seratus Dua Puluh ".repeat(12);
    }
    assert_eq!(pages(&Document::Invitations(invitations), Paper::A4).len(), 2);
}

#[test]
fn text_from_a_list_is_printed_as_it_is_and_never_read_as_markup() {
    let mut sheet = samples::receipt_sheet(1);
    sheet.rows[0].recipient.name = "#panic(\"x\") *Siti* $a$ <b>".into();
    let text = pages(&Document::ReceiptSheet(sheet), Paper::A4).join(" ");
    says(&text, "#panic(\"x\") *Siti* $a$ <b>");
}
