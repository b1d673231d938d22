//! Made-up documents of every kind: the fictitious district 99.01, no real people. For tests and for looking at templates.

use chrono::NaiveDate;
use domain::Rupiah;

use crate::{
    Basis, BudgetLine, Capacity, Criteria, Criterion, Decree, DecreeRow, Document, Letterhead, Payment, PaymentList,
    Recipient, Signatory,
};

/// An id as the office would give it.
pub const DOCUMENT_ID: &str = "TNT-7Q2M-9K4X";

const FIRST: [&str; 16] = [
    "Sumiati",
    "Rusman",
    "Maryamah",
    "Suparjo",
    "Aminah",
    "Darsono",
    "Yohana",
    "Hasanuddin",
    "Sitti Nurhayati",
    "Wagiman",
    "Kasminah",
    "Paulus",
    "Nurlela",
    "Tukiran",
    "Rosmini",
    "Abdul Karim",
];
const SECOND: [&str; 12] = [
    "",
    "Wijaya",
    "binti Saleh",
    "Hartono",
    "Lestari",
    "Siregar",
    "",
    "Mandala Putra",
    "Rahayu",
    "",
    "Tarigan",
    "Kusumawardhani",
];
const HAMLETS: [&str; 6] = [
    "Dusun Krajan",
    "Jl. Melati",
    "Dusun Sukamaju Barat",
    "Gg. Mawar No. 4",
    "Jl. Raya Pelabuhan Lama No. 112",
    "Dusun II",
];
/// Sub-district and its villages.
const AREAS: [(&str, &str, [&str; 4]); 3] = [
    ("01", "Tanjung Makmur", ["Sukajaya", "Karang Anyar", "Tanjung Harapan", "Sidomulyo"]),
    ("02", "Bukit Sejahtera", ["Bukit Indah", "Mekar Sari", "Sumber Rejeki", "Air Putih"]),
    ("03", "Muara Damai", ["Muara Baru", "Pasir Panjang", "Teluk Bayur Selatan", "Kampung Tengah"]),
];

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The `n`th made-up family; the same number gives the same family.
pub fn recipient(n: usize) -> Recipient {
    let (code, sub_district, villages) = AREAS[n / 7 % AREAS.len()];
    let village = villages[n / 3 % villages.len()];
    let name = format!("{} {}", FIRST[n % FIRST.len()], SECOND[n * 5 % SECOND.len()]).trim().to_owned();
    Recipient {
        name,
        nik: format!("9901{code}{:02}{:02}{:02}{:04}", n % 28 + 1, n % 12 + 1, 50 + n % 45, n % 9000 + 1),
        family_card: format!("9901{code}{:02}{:02}{:02}{:04}", n % 27 + 1, n % 11 + 1, 8 + n % 15, n % 8000 + 1),
        address: HAMLETS[n % HAMLETS.len()].to_owned(),
        rt_rw: format!("RT {:03}/RW {:03}", n % 9 + 1, n % 4 + 1),
        village: village.to_owned(),
        sub_district: sub_district.to_owned(),
    }
}

pub fn letterhead() -> Letterhead {
    Letterhead {
        government: "Pemerintah Kabupaten Contoh".into(),
        agency: "Dinas Sosial".into(),
        address: "Jalan Merdeka Nomor 10, Kota Contoh 99111".into(),
        contact: "Telepon (0999) 123456 · dinsos@contohkab.example".into(),
    }
}

fn regent_head() -> Letterhead {
    Letterhead { government: "Bupati Contoh".into(), agency: "Provinsi Nusantara".into(), ..Letterhead::default() }
}

pub fn official(position: &str, name: &str, nip: &str) -> Signatory {
    Signatory { position: position.into(), name: name.into(), nip: Some(nip.into()), ..Signatory::default() }
}

pub fn head() -> Signatory {
    Signatory {
        rank: Some("Pembina Tingkat I (IV/b)".into()),
        ..official("Kepala Dinas Sosial", "Dra. Ratna Wulandari, M.Si.", "990112051990032001")
    }
}

pub fn basis() -> Basis {
    Basis {
        kind: "Keputusan Bupati Contoh".into(),
        number: "400.9/112/2026".into(),
        date: Some(day(2026, 3, 3)),
        about: "Penetapan Penerima Bantuan Pangan bagi Keluarga Miskin Ekstrem Tahun 2026".into(),
    }
}

pub fn budget() -> BudgetLine {
    BudgetLine {
        sub_activity_code: "1.06.05.2.02.0001".into(),
        sub_activity: "Fasilitasi Bantuan Sosial Kesejahteraan Keluarga".into(),
        account_code: "5.1.06.02.01.0001".into(),
        account: "Belanja Bantuan Sosial Uang yang Direncanakan kepada Keluarga".into(),
        source_of_funds: "APBD Kabupaten".into(),
        fiscal_year: 2026,
    }
}

/// A regent's decree with `families` recipients, ranked, with the rule as second annex.
pub fn decree(families: usize) -> Decree {
    Decree {
        letterhead: regent_head(),
        office: "Bupati Contoh".into(),
        number: "400.9/112/2026".into(),
        subject: "Penetapan Penerima Bantuan Pangan bagi Keluarga Miskin Ekstrem Kabupaten Contoh Tahun Anggaran 2026".into(),
        considerations: vec![
            "bahwa keluarga miskin ekstrem berhak memperoleh bantuan sesuai dengan kebutuhan dasarnya;".into(),
            "bahwa verifikasi dan validasi lapangan serta musyawarah desa/kelurahan telah dilaksanakan dan dituangkan dalam berita acara;".into(),
            "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan Bupati tentang Penetapan Penerima Bantuan Pangan;".into(),
        ],
        legal_bases: vec![
            "Undang-Undang Nomor 13 Tahun 2011 tentang Penanganan Fakir Miskin;".into(),
            "Instruksi Presiden Nomor 8 Tahun 2025 tentang Optimalisasi Pelaksanaan Pengentasan Kemiskinan dan Penghapusan Kemiskinan Ekstrem;".into(),
            "Instruksi Presiden Nomor 4 Tahun 2025 tentang Data Tunggal Sosial dan Ekonomi Nasional;".into(),
            "Peraturan Daerah Kabupaten Contoh Nomor 7 Tahun 2025 tentang Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran 2026;".into(),
        ],
        noted: vec!["Berita Acara Hasil Verifikasi dan Validasi Nomor 400.9/87/BA/2026 tanggal 14 Februari 2026.".into()],
        decisions: vec![
            "Menetapkan penerima bantuan pangan bagi keluarga miskin ekstrem sebagaimana tercantum dalam Lampiran I yang merupakan bagian tidak terpisahkan dari Keputusan ini.".into(),
            "Penerima sebagaimana dimaksud dalam Diktum KESATU dipilih menurut kriteria dan aturan pemeringkatan sebagaimana tercantum dalam Lampiran II.".into(),
            "Bantuan sebagaimana dimaksud dalam Diktum KESATU diberikan dalam 1 (satu) tahap pada Tahun Anggaran 2026.".into(),
            "Segala biaya yang timbul sebagai akibat ditetapkannya Keputusan ini dibebankan pada Anggaran Pendapatan dan Belanja Daerah Kabupaten Contoh Tahun Anggaran 2026.".into(),
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.".into(),
        ],
        place: "Kota Contoh".into(),
        date: Some(day(2026, 3, 3)),
        signatory: Signatory { position: "Bupati Contoh".into(), name: "H. Bagus Prasetya, S.E.".into(), ..Signatory::default() },
        copies: vec!["Inspektur Kabupaten Contoh;".into(), "Kepala Badan Pengelolaan Keuangan dan Aset Daerah;".into(), "Para Camat se-Kabupaten Contoh.".into()],
        annex_title: "Daftar penerima bantuan pangan bagi keluarga miskin ekstrem".into(),
        rows: (0..families)
            .map(|n| DecreeRow {
                recipient: recipient(n),
                aid: String::new(),
                amount: Some(Rupiah(1_500_000)),
                rank: Some(n as u32 + 1),
                score: format!("{},{}", 98 - n * 60 / families.max(1), 9 - n % 10),
            })
            .collect(),
        criteria: Some(Criteria {
            facts: vec![
                ("Daftar".into(), "DTSEN versi 2025-4, hasil verifikasi putaran Januari-Februari 2026".into()),
                ("Kuota".into(), "menurut desa/kelurahan, sisa kuota dialihkan menurut peringkat".into()),
                ("Pagu".into(), "Rp3.000.000.000".into()),
            ],
            rules: vec![
                Criterion { name: "Desil nasional".into(), measure: "desil 1 = 40, desil 2 = 25, lainnya 0".into(), weight: "40".into() },
                Criterion { name: "Kebutuhan terverifikasi".into(), measure: "5 untuk setiap kebutuhan dasar yang belum terpenuhi, paling banyak 30".into(), weight: "30".into() },
                Criterion { name: "Anggota rentan".into(), measure: "10 untuk setiap balita, lanjut usia, atau penyandang disabilitas".into(), weight: "30".into() },
            ],
            notes: vec![
                "Bila skor sama, didahulukan keluarga dengan anggota lebih banyak, lalu nomor urut dalam daftar nasional.".into(),
                "Keluarga dengan anggota aparatur sipil negara, anggota TNI/Polri, atau pensiunannya tidak diikutsertakan.".into(),
            ],
        }),
    }
}

/// A head of agency's decree for goods, unranked, not yet numbered or dated, signed by an acting head.
pub fn head_decree(families: usize) -> Decree {
    let mut decree = decree(families);
    decree.letterhead = letterhead();
    decree.office = "Kepala Dinas Sosial Kabupaten Contoh".into();
    decree.number = String::new();
    decree.date = None;
    decree.criteria = None;
    decree.noted.clear();
    decree.decisions.remove(1);
    decree.signatory = Signatory { capacity: Capacity::Acting, on_behalf_of: Some("Bupati Contoh".into()), ..head() };
    for row in &mut decree.rows {
        row.amount = None;
        row.rank = None;
        row.aid = "1 paket sembako".into();
    }
    decree
}

pub fn payment_list(families: usize) -> PaymentList {
    PaymentList {
        letterhead: letterhead(),
        number: "900/31/DINSOS/2026".into(),
        programme: "Bantuan Langsung Tunai Keluarga Miskin Ekstrem".into(),
        stage: "Tahap I".into(),
        budget: budget(),
        decree: Some(basis()),
        ceiling: Some(Rupiah(1_500_000).times(families as i64 + 2).unwrap_or_default()),
        rows: (0..families)
            .map(|n| Payment {
                recipient: recipient(n),
                account: if n % 5 == 0 {
                    String::new()
                } else {
                    format!("6013 01{:02} {:04} {:04}", n % 100, n % 9973, n * 7 % 9967)
                },
                amount: Rupiah(if n % 9 == 0 { 1_250_000 } else { 1_500_000 }),
                note: if n % 23 == 4 { "Pengganti".into() } else { String::new() },
            })
            .collect(),
        place: "Kota Contoh".into(),
        date: Some(day(2026, 3, 16)),
        activity_officer: official("Pejabat Pelaksana Teknis Kegiatan", "Andika Saputra, S.Sos.", "990208172010011004"),
        treasurer: official("Bendahara Pengeluaran", "Lilis Suryani, A.Md.", "990311232008012002"),
        budget_user: Signatory { position: "Pengguna Anggaran".into(), ..head() },
    }
}

/// Every kind of document, with a name for its file.
pub fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("decree", Document::Decree(decree(97))),
        ("decree-head", Document::Decree(head_decree(14))),
        ("payment_list", Document::PaymentList(payment_list(120))),
    ]
}
