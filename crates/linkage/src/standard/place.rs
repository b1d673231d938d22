//! Places: villages and towns without the word that says what they are, streets without their kind and house number,
//! RT and RW out of the middle of an address.

/// Words before the name of an area that say only what it is.
const AREA_KINDS: [&str; 12] =
    ["KABUPATEN", "KAB", "KOTA", "KODYA", "KECAMATAN", "KEC", "KELURAHAN", "KEL", "DESA", "DS", "PROVINSI", "PROV"];
/// Words before the name of a street or hamlet.
const STREET_KINDS: [&str; 16] = [
    "JALAN",
    "JLN",
    "JL",
    "KAMPUNG",
    "KP",
    "KMP",
    "KPG",
    "GANG",
    "GG",
    "DUSUN",
    "DSN",
    "LINGKUNGAN",
    "LINGK",
    "LINK",
    "BLOK",
    "PERUM",
];

/// Letters and digits in capitals, everything else a single blank.
pub fn folded(raw: &str, out: &mut String) {
    out.clear();
    let mut gap = false;
    for letter in raw.chars() {
        if letter.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            if letter.is_ascii() {
                out.push(letter.to_ascii_uppercase());
            } else {
                out.extend(letter.to_uppercase());
            }
        } else if !matches!(letter, '\'' | '`' | '\u{2019}') {
            gap = true;
        }
    }
}

fn drop_first_word_of(kinds: &[&str], out: &mut String) {
    if let Some((first, _)) = out.split_once(' ')
        && kinds.contains(&first)
    {
        out.replace_range(..=first.len(), "");
    }
}

/// A village, district or town: letters only, without `Kab.`, `Desa` and the like before it.
pub fn area(raw: &str, out: &mut String) {
    folded(raw, out);
    out.retain(|c| !c.is_ascii_digit());
    let trimmed = out.trim().len();
    if trimmed != out.len() {
        *out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    drop_first_word_of(&AREA_KINDS, out);
}

/// A street or hamlet: without its kind, the word `No`, and everything from `RT` or `RW` on.
pub fn street(raw: &str, out: &mut String) {
    folded(raw, out);
    if let Some((start, _)) = rt_rw_at(out) {
        out.truncate(start);
    }
    drop_first_word_of(&STREET_KINDS, out);
    if out.contains("NO") {
        let words: Vec<&str> = out.split(' ').filter(|w| !matches!(*w, "NO" | "NOMOR")).collect();
        *out = words.join(" ");
    }
    out.truncate(out.trim_end().len());
}

/// A number without leading zeros: `003` is `3`. Nothing if there is no digit or only zeros.
pub fn number(raw: &str, out: &mut String) {
    out.clear();
    out.extend(raw.chars().filter(char::is_ascii_digit).skip_while(|c| *c == '0').take(9));
}

/// Where `RT` or `RW` begins in a folded text, and whether it is `RT`.
fn rt_rw_at(folded: &str) -> Option<(usize, bool)> {
    let mut start = 0;
    for word in folded.split(' ') {
        let rest = word.strip_prefix("RT").or_else(|| word.strip_prefix("RW"));
        if rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'R' || b == b'W')) {
            return Some((start, word.starts_with("RT")));
        }
        start += word.len() + 1;
    }
    None
}

/// RT (`rw` false) or RW (`rw` true) written inside an address: `RT 3/5`, `RT 003 RW 005`, `RT03/RW05`.
pub fn rt_rw(raw: &str, rw: bool, out: &mut String) {
    let mut text = String::new();
    folded(raw, &mut text);
    out.clear();
    let Some((start, begins_with_rt)) = rt_rw_at(&text) else { return };
    let numbers: Vec<&str> = text[start..].split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let place = if begins_with_rt { usize::from(rw) } else { usize::from(!rw) };
    if let Some(found) = numbers.get(place) {
        number(found, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(read: impl Fn(&str, &mut String), raw: &str) -> String {
        let mut out = String::new();
        read(raw, &mut out);
        out
    }

    #[test]
    fn what_people_write() {
        for (raw, expected) in
            [("Kab. Bandung", "BANDUNG"), ("DESA SUKAMAJU 2", "SUKAMAJU"), ("Kota", "KOTA"), (" - ", "")]
        {
            assert_eq!(with(area, raw), expected, "{raw}");
        }
        for (raw, expected) in [
            ("Jl. Melati No. 12", "MELATI 12"),
            ("Kp. Mawar 7 RT 3/5", "MAWAR 7"),
            ("JALAN AHMAD-YANI", "AHMAD YANI"),
            ("Dsn Artha", "ARTHA"),
            ("", ""),
        ] {
            assert_eq!(with(street, raw), expected, "{raw}");
        }
        for (raw, rt, rw) in [
            ("Kp. Mawar RT 3/5", "3", "5"),
            ("RT 003 RW 005", "3", "5"),
            ("Melati RT03/RW05", "3", "5"),
            ("RW 2 RT 1", "1", "2"),
            ("Kp. Arta", "", ""),
            ("RT 4", "4", ""),
        ] {
            assert_eq!(with(|r, o| rt_rw(r, false, o), raw), rt, "{raw}");
            assert_eq!(with(|r, o| rt_rw(r, true, o), raw), rw, "{raw}");
        }
        assert_eq!(with(number, "003"), "3");
        assert_eq!(with(number, "000"), "");
    }
}
