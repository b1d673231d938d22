//! Names of people: the key used for search and for "the same name" (titles, abbreviations, old spelling folded).
//! The name itself is kept as it came.

/// Titles, honorifics and degrees that do not tell people apart.
const TITLES: [&str; 26] = [
    "H",
    "HJ",
    "HJH",
    "DR",
    "DRS",
    "DRA",
    "IR",
    "PROF",
    "KH",
    "ALM",
    "ALMARHUM",
    "ALMH",
    "ALMARHUMAH",
    "SPD",
    "SH",
    "SE",
    "SSOS",
    "SKM",
    "MSI",
    "MPD",
    "AMD",
    "SAG",
    "BIN",
    "BINTI",
    "BT",
    "B",
];

/// Abbreviated and variant first names with the form used in keys.
const VARIANTS: [(&str, &str); 23] = [
    ("MUH", "MUHAMMAD"),
    ("MOH", "MUHAMMAD"),
    ("MHD", "MUHAMMAD"),
    ("MHMD", "MUHAMMAD"),
    ("MUHAMAD", "MUHAMMAD"),
    ("MOHAMAD", "MUHAMMAD"),
    ("MOHAMMAD", "MUHAMMAD"),
    ("MOCHAMAD", "MUHAMMAD"),
    ("MOCHAMMAD", "MUHAMMAD"),
    ("MUCHAMAD", "MUHAMMAD"),
    ("MUCHAMMAD", "MUHAMMAD"),
    ("MOCH", "MUHAMMAD"),
    ("MUCH", "MUHAMMAD"),
    ("M", "MUHAMMAD"),
    ("ABD", "ABDUL"),
    ("ABDL", "ABDUL"),
    ("ABDOEL", "ABDUL"),
    ("ST", "SITI"),
    ("STI", "SITI"),
    ("S", "SITI"),
    ("SY", "SYEKH"),
    ("AHMD", "AHMAD"),
    ("ACHMAD", "AHMAD"),
];

/// The comparison key of a name: upper case, letters only, titles dropped, abbreviations and old spelling (oe, dj, tj)
/// folded, words joined by one blank. Empty when nothing is left.
pub fn name_key(name: &str) -> String {
    let upper = name.to_uppercase();
    let mut words: Vec<String> = Vec::new();
    for word in upper.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')')) {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.is_empty() || TITLES.contains(&letters.as_str()) {
            continue;
        }
        // "M.NUR" is two words
        for piece in word.split('.').filter(|p| p.chars().any(char::is_alphabetic)) {
            let piece: String = piece.chars().filter(|c| c.is_alphabetic()).collect();
            if TITLES.contains(&piece.as_str()) {
                continue;
            }
            words.push(fold(&piece, words.is_empty()));
        }
    }
    words.join(" ")
}

fn fold(word: &str, first: bool) -> String {
    if let Some((_, full)) = VARIANTS.iter().find(|(short, _)| *short == word)
        && (first || word.len() > 1)
    {
        return (*full).to_owned();
    }
    let old_spelling = |word: &str| ["OE", "DJ", "TJ"].iter().any(|pair| word.contains(pair));
    if !old_spelling(word) {
        return word.to_owned();
    }
    word.replace("OE", "U").replace("DJ", "J").replace("TJ", "C")
}

/// `SITI AMINAH` as people write it on a screen: `Siti Aminah`. Mixed case is left alone.
pub fn display(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_lowercase())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// How one is greeted: the first word of the name that is no title.
pub fn first_word(name: &str) -> &str {
    name.split_whitespace()
        .find(|word| !word.contains('.') && !TITLES.contains(&word.to_uppercase().as_str()))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for name in ["MUHAMMAD NUR", "Moh. Nur", "M.NUR", "Muh Noer", "H. Muhamad Nur"] {
            assert_eq!(name_key(name), "MUHAMMAD NUR", "{name}");
        }
        assert_eq!(name_key("ST. AMINAH"), name_key("Siti Aminah"));
        assert_eq!(name_key("(ALM) SUKARNO"), name_key("SOEKARNO"));
        assert_eq!(name_key("Rohaya bt Amin"), "ROHAYA AMIN");
    }

    #[test]
    fn capitals_are_shown_as_people_write() {
        assert_eq!(display("SITI AMINAH"), "Siti Aminah");
        assert_eq!(display("Rohaya bt Amin"), "Rohaya bt Amin");
    }
}
