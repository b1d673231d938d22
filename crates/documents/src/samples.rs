//! Made-up documents of every kind: the fictitious district 99.01, no real people. For tests and for looking at templates.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    AreaCode, Rupiah,
    delivery::{Equation, Replacements, Share},
};

use crate::{
    Basis, BudgetLine, Capacity, Counts, Criteria, Criterion, Decree, DecreeRow, DeliberationMinutes, DeliberationRow,
    Delivery, Document, Enumerator, Event, FirstParty, Goods, HandoverMinutes, HandoverRow, Invitation, Invitations,
    Letterhead, Participant, Payment, PaymentList, PerSheet, PersonSheet, Proxy, RealisationLine, RealisationReport,
    Recap, RecapVillage, Receipt, ReceiptSheet, Recipient, SecondParty, SheetPart, Signatory, TreasuryReturn,
    VerificationMinutes, VerifiedArea, VisitFigures,
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
    let (code, subdistrict, villages) = AREAS[n / 7 % AREAS.len()];
    let village = villages[n / 3 % villages.len()];
    let name = format!("{} {}", FIRST[n % FIRST.len()], SECOND[n * 5 % SECOND.len()]).trim().to_owned();
    Recipient {
        name,
        nik: format!("9901{code}{:02}{:02}{:02}{:04}", n % 28 + 1, n % 12 + 1, 50 + n % 45, n % 9000 + 1),
        family_card: format!("9901{code}{:02}{:02}{:02}{:04}", n % 27 + 1, n % 11 + 1, 8 + n % 15, n % 8000 + 1),
        address: format!("{} RT {:03} RW {:03}", HAMLETS[n % HAMLETS.len()], n % 9 + 1, n % 4 + 1),
        village: village.to_owned(),
        subdistrict: subdistrict.to_owned(),
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
        seal: String::new(),
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

pub fn event() -> Event {
    Event {
        name: "Penyaluran Bantuan Langsung Tunai Tahap I".into(),
        venue: "Gedung Serbaguna Kecamatan Tanjung Makmur".into(),
        address: "Jalan Pahlawan Nomor 3".into(),
        date: day(2026, 3, 23),
        starts: NaiveTime::from_hms_opt(8, 0, 0),
        ends: NaiveTime::from_hms_opt(12, 0, 0),
        zone: "WITA".into(),
    }
}

pub fn invitations(families: usize, per_sheet: PerSheet) -> Invitations {
    Invitations {
        letterhead: letterhead(),
        number: "400.9/211/DINSOS/2026".into(),
        aid: "Bantuan Langsung Tunai Tahap I sebesar Rp1.500.000".into(),
        event: event(),
        bring: vec!["KTP asli".into(), "Kartu Keluarga asli".into(), "undangan ini".into()],
        per_sheet,
        place: "Kota Contoh".into(),
        date: Some(day(2026, 3, 16)),
        signatory: head(),
        invitations: (0..families)
            .map(|n| Invitation {
                recipient: recipient(n),
                token: format!("https://tuntas.example/u/{:016x}", (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
                number: format!("A-{:04}", n + 1),
                slot: if n % 2 == 0 {
                    format!("pukul 08.00\u{2013}09.00 WITA, Loket {}", n % 3 + 1)
                } else {
                    String::new()
                },
            })
            .collect(),
    }
}

pub fn receipt_sheet(families: usize) -> ReceiptSheet {
    ReceiptSheet {
        letterhead: letterhead(),
        programme: "Bantuan Langsung Tunai Keluarga Miskin Ekstrem Tahap I".into(),
        event: event(),
        decree: Some(basis()),
        rows: (0..families)
            .map(|n| Receipt {
                recipient: recipient(n),
                aid: "Rp1.500.000".into(),
                proxy: (n % 11 == 6).then(|| Proxy { name: "Siti Aisyah".into(), relation: "istri".into() }),
                recorded: if n % 17 == 3 { "09.14, digital".into() } else { String::new() },
            })
            .collect(),
        place: "Tanjung Makmur".into(),
        date: Some(day(2026, 3, 23)),
        officer: official("Petugas Penyaluran", "Andika Saputra, S.Sos.", "990208172010011004"),
        witness: Signatory {
            position: "Camat Tanjung Makmur".into(),
            name: "Drs. Hendra Gunawan".into(),
            ..Signatory::default()
        },
    }
}

/// Minutes of a handover: of goods to one family, or with an annex of `families`.
pub fn handover_minutes(families: usize) -> HandoverMinutes {
    let goods = |name: &str, specification: &str, quantity: i64, unit: &str, price: i64| Goods {
        name: name.into(),
        specification: specification.into(),
        quantity,
        unit: unit.into(),
        condition: "Baik".into(),
        price: Some(Rupiah(price)),
        value: Rupiah(price * quantity),
    };
    let each = families.max(1) as i64;
    HandoverMinutes {
        letterhead: letterhead(),
        number: "591/BAST/4.11/3/2026".into(),
        subject: "Bantuan Pangan Keluarga Miskin Ekstrem".into(),
        date: day(2026, 3, 23),
        venue: "Balai Desa Sukajaya, Kecamatan Tanjung Makmur".into(),
        place: "Sukajaya".into(),
        bases: if families == 0 {
            vec![basis()]
        } else {
            vec![
                basis(),
                Basis {
                    kind: "Surat Perintah Kerja".into(),
                    number: "027/88/SPK/2026".into(),
                    date: Some(day(2026, 3, 9)),
                    about: "Pengadaan Paket Sembako".into(),
                },
            ]
        },
        first: FirstParty {
            signatory: Signatory {
                position: "Pejabat Pembuat Komitmen".into(),
                ..official("", "Andika Saputra, S.Sos.", "990208172010011004")
            },
            on_behalf_of: "Dinas Sosial Kabupaten Contoh".into(),
            address: "Jalan Merdeka Nomor 10, Kota Contoh".into(),
        },
        second: if families == 0 {
            SecondParty {
                name: "Maryamah".into(),
                nik: "9901015203780003".into(),
                position: "Penerima bantuan".into(),
                address: "Dusun Krajan RT 002/RW 001, Desa Sukajaya, Kecamatan Tanjung Makmur".into(),
                on_behalf_of: String::new(),
            }
        } else {
            SecondParty {
                name: "Bambang Irawan".into(),
                nik: "9901011406720001".into(),
                position: "Kepala Desa Sukajaya".into(),
                address: "Balai Desa Sukajaya, Kecamatan Tanjung Makmur".into(),
                on_behalf_of: "para penerima bantuan di Desa Sukajaya".into(),
            }
        },
        goods: vec![
            goods("Beras", "medium, kemasan 10 kg", 2 * each, "karung", 145_000),
            goods("Minyak goreng", "kemasan 2 liter", each, "kemasan", 38_000),
            goods("Telur ayam", "segar", 2 * each, "kg", 29_000),
            goods("Gula pasir", "kemasan 1 kg", each, "kemasan", 18_500),
        ],
        statements: HandoverMinutes::usual_statements(),
        acknowledged_by: (families > 0).then(head),
        recipients: (0..families)
            .map(|n| HandoverRow {
                recipient: Recipient {
                    village: "Sukajaya".into(),
                    subdistrict: "Tanjung Makmur".into(),
                    ..recipient(n)
                },
                received: "1 paket".into(),
                value: Rupiah(404_500),
                note: if n % 13 == 5 { "Diwakili istri".into() } else { String::new() },
            })
            .collect(),
    }
}

pub fn realisation_report() -> RealisationReport {
    let each = |families: i64| Share::new(families, families * 1_500_000);
    RealisationReport {
        letterhead: letterhead(),
        number: "900/118/DINSOS/2026".into(),
        programme: "Bantuan Keluarga Miskin Ekstrem".into(),
        period: "Januari s.d. Juni 2026".into(),
        lines: vec![
            RealisationLine {
                budget: budget(),
                ceiling: Rupiah(1_800_000_000),
                spent: Rupiah(1_711_500_000),
                target: 1160,
                served: 1141,
                unit: "keluarga".into(),
            },
            RealisationLine {
                budget: BudgetLine {
                    sub_activity_code: "1.06.05.2.02.0004".into(),
                    sub_activity: "Fasilitasi Bantuan Pengembangan Ekonomi Masyarakat".into(),
                    account_code: "5.1.06.02.02.0001".into(),
                    account: "Belanja Bantuan Sosial Barang yang Direncanakan kepada Keluarga".into(),
                    source_of_funds: "DBH CHT".into(),
                    fiscal_year: 2026,
                },
                ceiling: Rupiah(3_000_000_000),
                spent: Rupiah(2_912_400_000),
                target: 1000,
                served: 960,
                unit: "paket".into(),
            },
        ],
        deliveries: vec![
            Delivery {
                name: "Bantuan Langsung Tunai Tahap I".into(),
                date: Some(day(2026, 3, 23)),
                equation: Equation {
                    planned: each(1160),
                    received: each(1073),
                    proxy: each(62),
                    absent: each(16),
                    failed: each(3),
                    reassigned: each(6),
                    replacements: Replacements { paid: each(6), ..Replacements::default() },
                    returned: each(19),
                    ..Equation::default()
                },
            },
            Delivery {
                name: "Bantuan Langsung Tunai Tahap II".into(),
                date: Some(day(2026, 6, 15)),
                equation: Equation {
                    planned: each(1160),
                    received: each(988),
                    proxy: each(71),
                    absent: each(54),
                    failed: each(3),
                    waiting: each(44),
                    rescheduled: each(54),
                    unsettled: each(3),
                    ..Equation::default()
                },
            },
        ],
        returns: vec![TreasuryReturn {
            number: "STS 015/DINSOS/2026".into(),
            date: Some(day(2026, 4, 6)),
            amount: Rupiah(28_500_000),
            reason: "19 penerima tidak hadir sampai batas penjadwalan ulang".into(),
        }],
        remarks: vec![
            "Tahap II masih berjalan; penerima yang tidak hadir dijadwalkan ulang pada 22 Juni 2026.".into(),
            "Enam penerima meninggal atau pindah digantikan berdasarkan berita acara dan perubahan keputusan.".into(),
        ],
        place: "Kota Contoh".into(),
        date: Some(day(2026, 6, 30)),
        activity_officer: official("Pejabat Pelaksana Teknis Kegiatan", "Andika Saputra, S.Sos.", "990208172010011004"),
        budget_user: Signatory { position: "Pengguna Anggaran".into(), ..head() },
    }
}

/// A recap over three kecamatan of `villages` villages each, given out of order.
pub fn recap(villages: i64) -> Recap {
    let code = |subdistrict: i64, village: i64| AreaCode::from_number(9_901_000_000 + subdistrict * 10_000 + village);
    let mut rows: Vec<RecapVillage> = (1..=3)
        .flat_map(|subdistrict| (1..=villages).map(move |village| (subdistrict, village)))
        .filter_map(|(subdistrict, village)| {
            let candidate = 40 + (village * 37 + subdistrict * 11) % 160;
            let verified = candidate - village % 4;
            let eligible = verified * 7 / 10;
            let determined = eligible / 2;
            let served = determined - village % 3;
            Some(RecapVillage {
                code: code(subdistrict, 2000 + village)?,
                name: format!("{} {}", AREAS[subdistrict as usize - 1].2[village as usize % 4], village),
                counts: Counts { candidate, verified, eligible, determined, served, replacements: village % 2 },
            })
        })
        .collect();
    rows.reverse();
    Recap {
        letterhead: letterhead(),
        title: "Rekapitulasi Penanganan Keluarga Miskin Ekstrem".into(),
        source: "DTSEN versi 2025-4, keadaan 30 Juni 2026".into(),
        subdistricts: (1..=3).filter_map(|n| Some((code(n, 0)?, AREAS[n as usize - 1].1.to_owned()))).collect(),
        villages: rows,
        place: "Kota Contoh".into(),
        date: Some(day(2026, 6, 30)),
        signatory: head(),
    }
}

pub fn deliberation_minutes(families: usize) -> DeliberationMinutes {
    let person = |name: &str, role: &str| Participant { name: name.into(), role: role.into() };
    let named =
        |position: &str, name: &str| Signatory { position: position.into(), name: name.into(), ..Signatory::default() };
    DeliberationMinutes {
        letterhead: Letterhead {
            government: "Pemerintah Kabupaten Contoh, Kecamatan Tanjung Makmur".into(),
            agency: "Pemerintah Desa Sukajaya".into(),
            address: "Jalan Desa Nomor 1, Sukajaya 99121".into(),
            contact: String::new(),
        },
        number: "140/07/BA/2026".into(),
        kind: "Musyawarah Desa".into(),
        area: "Desa Sukajaya, Kecamatan Tanjung Makmur, Kabupaten Contoh".into(),
        date: day(2026, 2, 18),
        time: "09.00 sampai 11.30 WITA".into(),
        venue: "Balai Desa Sukajaya".into(),
        place: "Sukajaya".into(),
        bases: vec![
            "Instruksi Presiden Nomor 8 Tahun 2025;".into(),
            "Surat Kepala Dinas Sosial Kabupaten Contoh Nomor 400.9/61/DINSOS/2026 tanggal 4 Februari 2026.".into(),
        ],
        list: "Daftar Calon Penerima Hasil Verifikasi DTSEN 2025-4".into(),
        families_before: 86,
        removed: vec![("Pindah ke luar kabupaten".into(), 4), ("Meninggal dunia, keluarga tunggal".into(), 2), ("Dinilai mampu".into(), 7)],
        added: 5,
        decisions: vec![
            "Daftar sesudah musyawarah diumumkan di balai desa selama 7 (tujuh) hari untuk memberi kesempatan menyanggah.".into(),
            "Keluarga yang ditambahkan diusulkan untuk dikunjungi petugas verifikasi.".into(),
        ],
        participants: vec![
            person("Bambang Irawan", "Kepala Desa"),
            person("Suharti", "Ketua BPD"),
            person("Ujang Kosasih", "Ketua RT 001"),
            person("Markus Lolo", "Ketua RT 002"),
            person("Sri Mulyaningsih", "Kader PKK"),
            person("Rahmat Hidayat", "Pendamping PKH"),
            person("Yuliana", "TKSK"),
            person("H. Mahmud", "Tokoh masyarakat"),
        ],
        rows: (0..families)
            .map(|n| DeliberationRow {
                recipient: recipient(n),
                outcome: if n % 7 == 3 { "Tidak layak".into() } else { "Layak".into() },
                reason: if n % 7 == 3 { "Dinilai mampu: memiliki usaha tetap dan dua rumah".into() } else { String::new() },
            })
            .collect(),
        village_head: named("Kepala Desa Sukajaya", "Bambang Irawan"),
        council_chair: named("Ketua BPD", "Suharti"),
        community: named("Wakil masyarakat", "H. Mahmud"),
        note_taker: named("Notulis", ""),
        acknowledged_by: Some(official("Camat Tanjung Makmur", "Drs. Hendra Gunawan", "990105051994031006")),
    }
}

pub fn verification_minutes(areas: usize) -> VerificationMinutes {
    VerificationMinutes {
        letterhead: letterhead(),
        number: "400.9/87/BA/2026".into(),
        round: "Verifikasi dan Validasi Keluarga Miskin Ekstrem Triwulan I 2026".into(),
        list: "daftar P3KE versi 2025 desil 1 dan 2".into(),
        period: "5 Januari s.d. 14 Februari 2026".into(),
        date: day(2026, 2, 14),
        venue: "Kantor Dinas Sosial Kabupaten Contoh".into(),
        place: "Kota Contoh".into(),
        bases: vec!["Surat Tugas Kepala Dinas Sosial Nomor 800/19/DINSOS/2026 tanggal 2 Januari 2026.".into()],
        areas: (0..areas)
            .map(|n| {
                let assigned = 320 + n as i64 * 17 % 90;
                let visited = assigned - n as i64 % 5;
                let found = visited - 12;
                VerifiedArea {
                    name: format!("Kecamatan {} {}", AREAS[n % 3].1, n / 3 + 1),
                    figures: VisitFigures {
                        assigned,
                        visited,
                        found,
                        eligible: found - 60,
                        corrected: 25,
                        ineligible: 30,
                        deferred: 5,
                    },
                }
            })
            .collect(),
        reasons: vec![
            ("Pindah".into(), 12 * areas as i64),
            ("Dinilai mampu".into(), 14 * areas as i64),
            ("Data ganda".into(), 4 * areas as i64),
        ],
        enumerators: vec![
            Enumerator { name: "Yuliana".into(), area: "Kecamatan Tanjung Makmur".into(), visits: 1204 },
            Enumerator { name: "Rahmat Hidayat".into(), area: "Kecamatan Bukit Sejahtera".into(), visits: 988 },
        ],
        conclusions: vec!["Hasil ini menjadi bahan musyawarah desa/kelurahan dan penetapan penerima bantuan.".into()],
        team_leader: official("Koordinator Verifikasi", "Andika Saputra, S.Sos.", "990208172010011004"),
        head: head(),
    }
}

/// Every kind of document, with a name for its file.
/// The sheet of a person in so many lists.
pub fn person_sheet(lists: usize) -> PersonSheet {
    let part = |title: &str, columns: &[(&str, u32)], rows: Vec<Vec<String>>| SheetPart {
        title: title.to_owned(),
        columns: columns.iter().map(|(title, share)| ((*title).to_owned(), *share)).collect(),
        rows,
        none: "Belum ada.".to_owned(),
    };
    PersonSheet {
        letterhead: letterhead(),
        name: "Sumiati Wijaya".into(),
        basis: "Diberikan kepada yang bersangkutan menurut UU Nomor 27 Tahun 2022.".into(),
        facts: vec![
            ("Nama".into(), "Sumiati Wijaya".into()),
            ("NIK".into(), "9901015207850009".into()),
            ("Alamat".into(), "RT 001 RW 002, Dusun Krajan, Contoh Kulon".into()),
        ],
        parts: vec![
            part(
                "Dari mana data ini",
                &[("Daftar", 30), ("Pemberi", 40), ("Tujuan", 50), ("Tanggal", 30)],
                (0..lists)
                    .map(|n| {
                        let cells = ["DTSEN", "Bapperida Kabupaten Contoh", "Penargetan bantuan", "30 September 2026"];
                        cells.iter().map(|cell| format!("{cell} {n}")).collect()
                    })
                    .collect(),
            ),
            part("Siapa yang melihat", &[("Kapan", 40), ("Siapa", 60), ("Apa", 60)], Vec::new()),
        ],
        rights: vec!["Meminta perbaikan data yang keliru.".into(), "Menanyakan penggunaan data.".into()],
        place: "Kota Contoh".into(),
        date: "14 Februari 2026".into(),
        officer: Signatory { position: "Petugas".into(), name: "Rina Astuti".into(), ..Signatory::default() },
    }
}

pub fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("decree", Document::Decree(decree(30))),
        ("decree-head", Document::Decree(head_decree(14))),
        ("payment_list", Document::PaymentList(payment_list(36))),
        ("invitations-2", Document::Invitations(invitations(5, PerSheet::Two))),
        ("invitations-3", Document::Invitations(invitations(4, PerSheet::Three))),
        ("receipt_sheet", Document::ReceiptSheet(receipt_sheet(28))),
        ("handover_minutes", Document::HandoverMinutes(handover_minutes(0))),
        ("handover_minutes-annex", Document::HandoverMinutes(handover_minutes(24))),
        ("realisation_report", Document::RealisationReport(realisation_report())),
        ("recap", Document::Recap(recap(12))),
        ("deliberation_minutes", Document::DeliberationMinutes(deliberation_minutes(16))),
        ("verification_minutes", Document::VerificationMinutes(verification_minutes(18))),
        ("person_sheet", Document::PersonSheet(person_sheet(12))),
    ]
}
