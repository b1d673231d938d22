//! Made-up names: common given names of several regions put together by their customs and by the age of their bearer.
//!
//! Old Javanese often have one name, Batak and eastern families hand a family name on, Balinese tell the order of
//! birth. Nobody in particular is meant.

use domain::Sex;

use super::{areas::Custom, dice::Dice};

/// Names of one custom, space-separated, the commonest first.
struct Pool {
    old_men: &'static str,
    old_women: &'static str,
    men: &'static str,
    women: &'static str,
    last_men: &'static str,
    last_women: &'static str,
}

const JAVANESE: Pool = Pool {
    old_men: "Slamet Sutrisno Suparman Sugiyanto Suyanto Mulyadi Supriyadi Sukardi Sumardi Suparno Sugeng Suwarno Suroso Kasman Karno \
              Tarno Paiman Paijo Ngatiman Giman Wagiman Poniman Legiman Tukiman Saimin Rasiman Kliwon Wage Untung Sutarjo Kasiran Jumadi \
              Rusmin Samidi Warsito Darmaji",
    old_women: "Sumiati Sulastri Suparmi Sutarmi Sunarti Sumarni Sukarti Supartini Suharti Wagiyem Tukiyem Ponirah Paijem Ngatiyem Sarinah \
                Kartini Rukmini Kasmi Jumiati Marni Warni Karsih Tumini Painem Sutinah Mursiti Wasiyem Satinem Rubiyah Lasmini",
    men: "Agus Budi Eko Dwi Tri Joko Bambang Heru Hendro Wahyu Bayu Danang Dimas Galih Bagus Yoga Aji Teguh Wawan Didik Anang Andri Rizky \
          Fajar Aditya Rafi Arya Bima Satrio Ilham Fauzan Gilang Raka Daffa",
    women: "Siti Sri Dewi Endang Retno Puji Wahyu Tri Dwi Eka Ika Rini Yuni Novi Ratna Dian Putri Ayu Indah Fitri Wulan Nurul Lestari Anisa \
            Nabila Aulia Kirana Naila Alya Salsabila Zahra Intan Laras Ningrum",
    last_men: "Santoso Setiawan Nugroho Prasetyo Wibowo Susilo Hartono Purnomo Saputra Pratama Kurniawan Widodo Riyadi Utomo Cahyono Raharjo \
               Hermawan Wicaksono Ramadhan Firmansyah Maulana Hidayat",
    last_women: "Lestari Rahayu Wahyuni Handayani Astuti Ningsih Setyowati Puspitasari Wulandari Kusumawati Hastuti Utami Mulyani Pratiwi Anggraini \
                 Safitri Maharani Permatasari Ramadhani Khasanah Maulida Azzahra",
};

const SUNDANESE: Pool = Pool {
    old_men: "Asep Ujang Maman Eman Oman Encep Tatang Dadang Cecep Deden Jajang Nandang Entis Aceng Atang Iwan Yayan Dede Endang Sarip Udin Omo Ojo \
              Engkos Karna Sukarya Suhendar Suherman",
    old_women: "Euis Neneng Iis Imas Yayah Tati Titin Wiwin Yeti Cucu Ocih Icih Enok Onah Acih Elis Lilis Kokom Komariah Entin Juju Nyai Iyam Iroh \
                Eneng Rohaeti Empat Aas",
    men: "Asep Dadan Dedi Rian Rudi Yudi Hendra Ade Ahmad Muhamad Fajar Gilang Rizal Sandi Agung Irfan Farhan Zidan Rafka Fikri Alfarizi Galuh Taufik \
          Riki Wildan Opik",
    women: "Neng Siti Rina Lia Nia Santi Susi Desi Ani Ai Elis Yanti Mela Resti Intan Salma Nisa Syifa Aisyah Alya Sri Dini Wina Rika Tia Kania Nuri \
            Fauziah",
    last_men: "Kurniawan Hidayat Gunawan Suryana Permana Sopandi Saepudin Supriatna Mulyana Rohman Wahyudin Setiawan Ramdani Maulana Nugraha Pratama \
               Fadilah Hermawan",
    last_women: "Sumiati Rohayati Komalasari Nurhayati Mulyati Sopiah Rohmah Maryani Lestari Nuraeni Suryani Marlina Apriani Agustina Nurjanah Fitriani \
                 Oktaviani Zahra",
};

const MALAY: Pool = Pool {
    old_men: "Abdullah Ismail Ibrahim Usman Umar Sulaiman Yusuf Idris Zainal Hasan Husin Mansur Ramli Dahlan Sanusi Tarmizi Bujang Awang Arsyad Ali Jamal \
              Rahman Kadir Aman Saman Tamrin Bustami Amin",
    old_women: "Aminah Fatimah Khadijah Zainab Halimah Mariam Salamah Asiah Saniah Rohana Hasnah Rosnah Siti Ramlah Zaleha Rohaya Saodah Timah Jamilah \
                Sakinah Aisyah Maimunah Zubaidah Nurbaya Hamidah",
    men: "Muhammad Ahmad Abdul Zulkifli Syahrul Rahmat Ridwan Hendra Andi Faisal Firman Ari Rizki Ilham Fahmi Hafiz Haikal Irwan Rudi Khairul Nazar Azmi \
          Fadli Raihan Rifky Akmal Ma'ruf Nu'man",
    women: "Siti Nur Nurul Nor Rosmini Erna Yusnita Rahmah Hasanah Fitri Lina Dewi Ema Novita Aisyah Nabila Syahira Khairunnisa Alya Nayla Sarah Sa'diyah \
            Mardiana Suryani Juliana Rabiatul Ma'rifah Yuliana",
    last_men: "Rahman Hakim Aziz Karim Rasyid Halim Latif Hamid Fitri Syah Efendi Saputra Hidayat Ramadhan Maulana Anwar Basri Zikri",
    last_women: "Hasanah Jannah Aini Hayati Fitriah Azizah Rahmi Safitri Wahidah Baiti Hidayah Latifah Husna Aulia Salsabila Rahmawati",
};

const BUGIS: Pool = Pool {
    old_men: "Ambo Lasse Baso Beddu Makka Sakka Tajuddin Sangkala Daeng Mappa Muhtar Kamaruddin Hamzah Hasanuddin Nurdin Syamsuddin Palewai Laupe Mustafa \
              Rustam Jufri Tahir Bakri Arifuddin",
    old_women: "Besse Hasnah Indo Nurhayati Sitti Maryam Rosdiana Marhumah Halijah Tenri Rabiah Suriani Kasmawati Hasmawati Nurmiati Sanati Darmawati \
                Rohani Jumriah Nuraeni",
    men: "Andi Muh Muhammad Sudirman Irfan Ansar Akbar Asriadi Burhan Ikbal Rusli Supardi Anwar Yusran Fadil Rahmat Reski Aswar Sabri Hasbi Wahyudi Fahrul \
          Alamsyah Takdir",
    women: "Andi Nur Sitti Hasni Rosmini Marwah Ernawati Harlina Hasriani Sri Rahmi Mutmainnah Nirwana Fitriani Rezki Aqila Nurul Asma Mirna Kartika \
            Irmawati Nadia",
    last_men: "Syam Rahman Alam Saleh Jaya Syahrir Makmur Salam Ramadhan Saputra Mansyur Ahmad Rauf Amir",
    last_women: "Hasanah Amalia Fauziah Wahyuni Sari Insani Ramadhani Asisah Annisa Magfirah Mulia Amir",
};

const MINANG: Pool = Pool {
    old_men: "Syafruddin Zainuddin Bustamam Nasrul Jamaris Bahar Amiruddin Rusli Masri Darwis Syamsuar Nurmatias Sutan Marjohan Khaidir Anas Yuzar Ramlan \
              Syahril Asril",
    old_women: "Rosmiati Nurbaiti Yusniar Asmarni Zuraida Rosna Upik Nursima Ratnawilis Syamsinar Nurlis Dasmawati Murni Jusna Rabani Ermawati Zulbaidah \
                Marnis",
    men: "Afrizal Hendri Yulizar Rinaldi Ade Fadhil Rahmad Zulfahmi Irwandi Robi Syukri Hafizh Ihsan Aldi Oki Febri Rio Yogi Arif Iqbal",
    women: "Desi Yulia Rahmi Fitria Wira Silvia Mutia Annisa Elvi Yeni Rosi Nelfi Gusni Reni Wahyuni Hanifah Nadya Suci Vivi Aisyah",
    last_men: "Chaniago Putra Akbar Hidayat Fernando Saputra Eka Syafri Ramadhan Alfarisi Mulia Piliang Tanjung",
    last_women: "Putri Yanti Marlina Rahayu Susanti Wati Oktavia Sari Fadhilah Hasanah Elfina Melati",
};

const BATAK: Pool = Pool {
    old_men: "Tumpal Saut Parlindungan Maruli Poltak Binsar Hotman Jonggi Mangasi Pardamean Togar Bonar Sahat Ramses Jabangun Martua",
    old_women: "Tiurma Rosmaida Nurmala Tiarma Hotmaida Rusmina Lamria Duma Kartina Rotua Sondang Ramauli Minar Tiominar",
    men: "Andreas Daniel Rudi Roni Jefri Ricardo Samuel Rikardo Toni Hendra David Yosua Gabriel Kevin Dedi Ferdinan Jonatan Rivaldo Erik Parulian",
    women: "Rosdiana Lasma Marlina Debora Yuliana Ester Rut Novita Maria Melinda Sari Grace Tiur Priska Angelina Kristina Naomi Putri Elisabet Rani",
    last_men: "Siregar Nasution Harahap Lubis Hasibuan Simanjuntak Sitompul Nababan Sinaga Situmorang Manurung Hutapea Pasaribu Silalahi",
    last_women: "Siregar Nasution Harahap Lubis Hasibuan Simanjuntak Sitompul Nababan Sinaga Situmorang Manurung Hutapea Pasaribu Silalahi",
};

const BALINESE: Pool = Pool {
    old_men: "Sudarma Suardana Merta Rai Suweca Sukra Wirya Darma Lanus Gede Rajin Sandi Arsana Mudita",
    old_women: "Sukerti Rasmini Suartini Ratni Murni Sudiani Kerti Rai Wirati Suci Ariani Sumerti",
    men: "Adi Arta Putra Yoga Surya Agus Budiarta Dharma Wira Krisna Suastika Mahendra Pasek Aditya",
    women: "Ayu Sri Dewi Widya Puspa Kadek Lestari Ratih Purnama Sari Pradnya Diah Artini Mirah",
    last_men: "Putra Wijaya Adnyana Saputra Pratama Sudiarta Dwipayana Mahardika",
    last_women: "Dewi Lestari Astuti Pertiwi Suryani Utari Cahyani Antari",
};

const DAYAK: Pool = Pool {
    old_men: "Ubing Anyeh Lawing Bilung Jalung Ajang Unyang Tingang Ngau Luhat Bayau Kornelius Petrus Yohanes Markus Ding Lejau",
    old_women: "Bungan Ulau Luhung Sulau Urai Tipung Pangin Usun Hiroh Ubung Martha Rosalina Agustina Paulina Lahai",
    men: "Yohanes Markus Stefanus Yakobus Martinus Robertus Frengki Hendrikus Marsel Andreas Alfius Rian Deni Donatus Fransiskus Leo Vinsensius Ferdi",
    women: "Yuliana Kristina Margareta Theresia Veronika Lidia Natalia Elisabet Sesilia Monika Regina Yosefina Mega Novia Klara Selvia Anita",
    last_men: "Lawing Jalung Ajang Bilung Tingang Ngau Lejau Anyeh Usat Ibau Imang Njuk",
    last_women: "Lawing Jalung Ajang Bilung Tingang Ngau Lejau Anyeh Usat Ibau Imang Njuk",
};

const EASTERN: Pool = Pool {
    old_men: "Yosep Dominikus Petrus Paulus Lambertus Benediktus Aloysius Yakob Stefanus Gaspar Barnabas Simon Elias Agustinus Kletus",
    old_women: "Maria Yustina Katarina Agnes Bernadeta Yohana Rosalia Susana Marta Dominika Lusia Fransiska Paulina Teresia",
    men: "Yohanes Fransiskus Antonius Emanuel Ignasius Gregorius Kristian Rikardus Alfonsus Mario Aprianus Melkianus Yeremias Roland Febrianus",
    women: "Maria Yuliana Kristina Margareta Elisabet Veronika Imelda Yosefina Anastasia Wilhelmina Melania Novianti Sisilia Oktaviana Adelina",
    last_men: "Wondo Lado Seran Bria Nahak Klau Bere Manek Tefa Fallo Boru Lamaheru Wuli Kewa",
    last_women: "Wondo Lado Seran Bria Nahak Klau Bere Manek Tefa Fallo Boru Lamaheru Wuli Kewa",
};

/// Names of old Arabic stock, current in every Muslim custom among those born before 1985.
const DEVOUT_MEN: &str = "Samsudin Jamaludin Zaenudin Kamaludin Anwar Junaidi Syarifudin Mustofa Rohim Karim Salim Halim Hamid Majid Wahid Yahya Zulkifli \
                          Ma'mun Rif'an Sya'ban Jum'at Muhtadin Nasir Fauzi";
const DEVOUT_WOMEN: &str = "Nurhayati Nurjanah Nuraini Rahmawati Rohimah Khotimah Maesaroh Masitoh Juariah Rukiyah Rodiah Sopiah Saniyah Munawaroh Mu'minah \
                            Sa'adah Hafsah Ruqayah Nafisah Umi Badriah Nurlaela";

const fn pool(custom: Custom) -> &'static Pool {
    match custom {
        Custom::Javanese => &JAVANESE,
        Custom::Sundanese => &SUNDANESE,
        Custom::Malay => &MALAY,
        Custom::Bugis => &BUGIS,
        Custom::Minang => &MINANG,
        Custom::Batak => &BATAK,
        Custom::Balinese => &BALINESE,
        Custom::Dayak => &DAYAK,
        Custom::Eastern => &EASTERN,
    }
}

const fn devout(custom: Custom) -> bool {
    matches!(custom, Custom::Javanese | Custom::Sundanese | Custom::Malay | Custom::Bugis | Custom::Minang)
}

/// A word of a space-separated list, the earlier the likelier.
fn word(dice: &mut Dice, list: &'static str) -> &'static str {
    let count = list.split_ascii_whitespace().count();
    let at = dice.unit();
    let place = (at * (0.4 + 0.6 * at) * count as f64) as usize;
    list.split_ascii_whitespace().nth(place).unwrap_or("Sri")
}

/// A name as it stands on the card. `line` is the family name handed on, where the custom has one; `order` the place
/// among the siblings, from 0.
pub fn make(dice: &mut Dice, custom: Custom, sex: Sex, born: i32, line: Option<&'static str>, order: usize) -> String {
    let pool = pool(custom);
    let male = sex == Sex::Male;
    let old = born < 1972 || (born < 1985 && dice.chance(0.45));
    let pick = |dice: &mut Dice, men: &'static str, women: &'static str| word(dice, if male { men } else { women });
    match custom {
        Custom::Batak | Custom::Dayak | Custom::Eastern => {
            let first = if old { pick(dice, pool.old_men, pool.old_women) } else { pick(dice, pool.men, pool.women) };
            let last = line.unwrap_or_else(|| pick(dice, pool.last_men, pool.last_women));
            if custom == Custom::Dayak && old && dice.chance(0.5) {
                return first.to_owned();
            }
            if !old && dice.chance(0.3) {
                let middle = pick(dice, pool.men, pool.women);
                if middle != first {
                    return format!("{first} {middle} {last}");
                }
            }
            if first == last { first.to_owned() } else { format!("{first} {last}") }
        }
        Custom::Balinese => {
            let rank = ["Wayan", "Made", "Nyoman", "Ketut"][order % 4];
            let own = if old { pick(dice, pool.old_men, pool.old_women) } else { pick(dice, pool.men, pool.women) };
            let article = if male { "I" } else { "Ni" };
            if old || dice.chance(0.5) {
                format!("{article} {rank} {own}")
            } else {
                format!("{article} {rank} {own} {}", pick(dice, pool.last_men, pool.last_women))
            }
        }
        _ => {
            if devout(custom) && dice.chance(if born < 1985 { 0.22 } else { 0.04 }) {
                let own = pick(dice, DEVOUT_MEN, DEVOUT_WOMEN);
                return match (male, dice.below(4)) {
                    (true, 0) => format!("Muhammad {own}"),
                    (true, 1) => format!("Ahmad {own}"),
                    (false, 0 | 1) => format!("Siti {own}"),
                    _ => own.to_owned(),
                };
            }
            let alone = if old { 0.74 } else { 0.10 };
            let first = if old { pick(dice, pool.old_men, pool.old_women) } else { pick(dice, pool.men, pool.women) };
            if dice.chance(alone) {
                return first.to_owned();
            }
            if !old && dice.chance(0.2) {
                let middle = pick(dice, pool.men, pool.women);
                let last = pick(dice, pool.last_men, pool.last_women);
                if middle != first && middle != last && first != last {
                    return format!("{first} {middle} {last}");
                }
            }
            let last = pick(dice, pool.last_men, pool.last_women);
            if first == last { first.to_owned() } else { format!("{first} {last}") }
        }
    }
}

/// The family name a father hands on, where the custom has one.
pub fn line(dice: &mut Dice, custom: Custom) -> Option<&'static str> {
    matches!(custom, Custom::Batak | Custom::Dayak | Custom::Eastern).then(|| word(dice, pool(custom).last_men))
}

/// Pilgrims and graduates carry it in the name on the card: `H. Usman`, `Dewi Lestari, S.Pd`.
pub fn with_title(
    dice: &mut Dice,
    name: String,
    sex: Sex,
    age: i32,
    custom: Custom,
    welfare: f64,
    graduate: bool,
) -> String {
    if graduate && dice.chance(0.35) {
        return format!("{name}, {}", dice.pick(&["S.Pd", "SE", "S.Sos", "S.Kep", "SH", "S.Pd.I"]));
    }
    if devout(custom) && age > 42 && dice.chance((0.015 + 0.07 * welfare).clamp(0.0, 0.12)) {
        return format!("{} {name}", if sex == Sex::Male { "H." } else { "Hj." });
    }
    name
}

/// How another clerk wrote the same name: abbreviations, old spelling, a word dropped, a patronym added.
pub fn variant(dice: &mut Dice, name: &str, sex: Sex, father: Option<&str>) -> String {
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    match dice.below(6) {
        0 | 1 => {
            for word in &mut words {
                let short = match word.as_str() {
                    "Muhammad" | "Muhamad" => Some(*dice.pick(&["Muh.", "M.", "Moh.", "Mohammad", "Muhamad"])),
                    "Siti" => Some(*dice.pick(&["St.", "Sti."])),
                    "Abdul" => Some("Abd."),
                    "Ahmad" => Some(*dice.pick(&["Achmad", "Akhmad"])),
                    "Nur" => Some("Noor"),
                    _ => None,
                };
                if let Some(short) = short {
                    short.clone_into(word);
                    return words.join(" ");
                }
            }
            old_spelling(&mut words);
        }
        2 => old_spelling(&mut words),
        3 if words.len() > 2 => {
            words.pop();
        }
        4 if words.len() > 1 => {
            // the last word as an initial
            let last = words.len() - 1;
            words[last].truncate(1);
        }
        5 if words.len() < 3 => {
            if let Some(first) = father.and_then(|f| f.split(' ').find(|w| !w.contains('.'))) {
                words.push(if sex == Sex::Male { "bin" } else { "binti" }.to_owned());
                words.push(first.to_owned());
            }
        }
        _ => {
            // a doubled letter where the card has one, or the other way round
            let last = words.len() - 1;
            let word = &words[last];
            words[last] = if word.contains("ss") {
                word.replace("ss", "s")
            } else if word.contains("ny") {
                word.replace("ny", "ni")
            } else {
                word.replace("ti", "tie")
            };
        }
    }
    words.join(" ")
}

fn old_spelling(words: &mut [String]) {
    if let Some(first) = words.first_mut().filter(|word| word.chars().count() > 3) {
        *first = if first[1..].contains('u') {
            let (head, tail) = first.split_at(1);
            format!("{head}{}", tail.replacen('u', "oe", 1))
        } else if first.starts_with('J') {
            first.replacen('J', "Dj", 1)
        } else {
            first.replacen("sy", "sj", 1)
        };
    }
}

/// How many different given names the pools hold.
#[cfg(test)]
pub fn count_of_given_names() -> usize {
    let mut names = std::collections::BTreeSet::new();
    for pool in [&JAVANESE, &SUNDANESE, &MALAY, &BUGIS, &MINANG, &BATAK, &BALINESE, &DAYAK, &EASTERN] {
        for list in [pool.old_men, pool.old_women, pool.men, pool.women] {
            names.extend(list.split_ascii_whitespace());
        }
    }
    names.extend(DEVOUT_MEN.split_ascii_whitespace());
    names.extend(DEVOUT_WOMEN.split_ascii_whitespace());
    names.len()
}

#[cfg(test)]
mod tests {
    use domain::name::name_key;

    use super::*;

    #[test]
    fn there_are_names_enough_and_one_name_is_a_name() {
        assert!(count_of_given_names() > 400);
        let mut dice = Dice::new(1, 1);
        let old: Vec<String> = (0..400).map(|_| make(&mut dice, Custom::Javanese, Sex::Male, 1955, None, 0)).collect();
        let mononyms = old.iter().filter(|name| !name.contains(' ')).count();
        assert!((200..380).contains(&mononyms), "{mononyms} of 400 have one name");
    }

    #[test]
    fn most_variants_keep_the_key_of_the_name() {
        let mut dice = Dice::new(2, 1);
        let same = (0..300)
            .filter(|_| {
                name_key(&variant(&mut dice, "Muhammad Junaidi", Sex::Male, None)) == name_key("Muhammad Junaidi")
            })
            .count();
        assert!(same > 150, "{same} of 300");
    }
}
