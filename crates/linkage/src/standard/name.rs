//! Names of people: what does not tell people apart is taken away, what is written in many ways is written in one.
//!
//! `Hj. St. Aminah, S.Pd.` and `SITI AMINAH BINTI UMAR` both become `SITI AMINAH`. Words are never put together or guessed
//! from an initial: that is for the comparison to weigh.

use serde::{Deserialize, Serialize};

/// What to take away and what to rewrite. All words in capitals, without dots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NameRules {
    /// Taken away at the beginning, as long as a word remains.
    pub titles: Vec<String>,
    /// Taken away at the end, as long as a word remains.
    pub degrees: Vec<String>,
    /// These and everything after them is taken away (bin, binti: the father's name follows).
    pub kinship: Vec<String>,
    /// Ways of writing a word, and the one it is written in, wherever it stands.
    pub variants: Vec<(String, String)>,
    /// The same, for the first word only when another follows (`M. Rizky`, but not `Rizky M.`).
    pub first_variants: Vec<(String, String)>,
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(to, from)| from.split_whitespace().map(|from| (from.to_owned(), to.trim().to_owned())))
        .collect()
}

impl NameRules {
    /// Indonesian names.
    pub fn indonesian() -> Self {
        Self {
            titles: words(
                "H HJ HJH DR DRA DRS DRG DRH IR PROF KH KYAI UST USTAZ USTADZ ALM ALMARHUM ALMH ALMARHUMAH BPK BAPAK PAK IBU BU SDR SDRI NY NN TN TUAN NYONYA",
            ),
            degrees: words(
                "SPD SPDI SE SEI SH SHI SAG SKOM SIP SSOS SKM SKEP SFARM ST SP SPT SPSI SKED SSI STP SIKOM MPD MSI MM MH MKOM MT MA MSC MAG AMD AMK AMKEB AMA SST NERS ALM ALMARHUM ALMH ALMARHUMAH HJ",
            ),
            kinship: words("BIN BINTI BINTE BT BTE IBNU"),
            variants: pairs(
                "MUHAMMAD: MUH MOH MOCH MUCH MHD MHMD MUHD MOHD MOHAMMAD MOHAMAD MUHAMAD MUHAMMED MOHAMMED MOHAMED MOCHAMAD MOCHAMMAD MUCHAMAD MUCHAMMAD MUHAMMAT MUHAMAT\nSITI: STI SITTI SITY\nABDUL: ABD ABDL ABDOEL ABDOL\nAHMAD: ACHMAD AKHMAD ACH AHMD AKHMAT AHMAT ACHMAT\nNUR: NOOR NOER NUUR\nSRI: SRIE",
            ),
            first_variants: pairs("MUHAMMAD: M MD\nSITI: ST"),
        }
    }

    /// English names: titles and suffixes only.
    pub fn english() -> Self {
        Self {
            titles: words("MR MRS MS MISS DR PROF REV SIR DAME"),
            degrees: words("JR SR II III IV ESQ PHD MD"),
            ..Self::default()
        }
    }
}

/// [`NameRules`] made ready to be asked a million times.
#[derive(Clone, Debug)]
pub(crate) struct NameReader {
    words: hashbrown::HashMap<Box<[u8]>, Word, Hasher>,
}

#[derive(Clone, Debug, Default)]
struct Word {
    title: bool,
    degree: bool,
    kinship: bool,
    anywhere: Option<String>,
    first: Option<String>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hasher;

impl std::hash::BuildHasher for Hasher {
    type Hasher = State;
    fn build_hasher(&self) -> State {
        State(0)
    }
}

pub(crate) struct State(u64);

impl std::hash::Hasher for State {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= crate::random::hash_bytes(bytes);
    }
    fn write_usize(&mut self, _: usize) {} // the length is in the hash of the bytes
}

impl NameReader {
    pub fn new(rules: &NameRules) -> Self {
        let mut words: hashbrown::HashMap<Box<[u8]>, Word, Hasher> = hashbrown::HashMap::default();
        let mut entry = |text: &str, set: &dyn Fn(&mut Word)| set(words.entry(text.as_bytes().into()).or_default());
        rules.titles.iter().for_each(|w| entry(w, &|e| e.title = true));
        rules.degrees.iter().for_each(|w| entry(w, &|e| e.degree = true));
        rules.kinship.iter().for_each(|w| entry(w, &|e| e.kinship = true));
        rules.variants.iter().for_each(|(w, to)| entry(w, &|e| e.anywhere = Some(to.clone())));
        rules.first_variants.iter().for_each(|(w, to)| entry(w, &|e| e.first = Some(to.clone())));
        Self { words }
    }

    /// Writes the standard form of `raw` into `out`, which is emptied first.
    pub fn read(&self, raw: &str, out: &mut String) {
        out.clear();
        let mut text: Vec<u8> = Vec::with_capacity(raw.len() + 1);
        let mut spans: Vec<(usize, usize)> = Vec::with_capacity(8);
        self.split(raw, &mut text, &mut spans);
        let known = |span: &(usize, usize)| self.words.get(&text[span.0..span.1]);
        let mut list = spans.as_slice();
        while list.len() > 1 && known(&list[0]).is_some_and(|w| w.title) {
            list = &list[1..];
        }
        if let Some(at) = list.iter().skip(1).position(|span| known(span).is_some_and(|w| w.kinship)) {
            list = &list[..=at];
        }
        while list.len() > 1 && known(&list[list.len() - 1]).is_some_and(|w| w.degree) {
            list = &list[..list.len() - 1];
        }
        for (i, span) in list.iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            let word = known(span);
            let variant = word.and_then(|w| {
                if i == 0 && list.len() > 1 && w.first.is_some() { w.first.as_deref() } else { w.anywhere.as_deref() }
            });
            match variant {
                Some(other) => out.push_str(other),
                None => out.push_str(std::str::from_utf8(&text[span.0..span.1]).unwrap_or_default()),
            }
        }
    }

    /// Words in capitals. `S.Pd` and `K.H.` are one word if that word is known, and two if not; what follows a comma or stands in
    /// brackets is left away, apostrophes are dropped, everything else that is no letter parts words.
    fn split(&self, raw: &str, text: &mut Vec<u8>, spans: &mut Vec<(usize, usize)>) {
        let mut brackets = 0_u32;
        let mut dots: Vec<usize> = Vec::new();
        let mut start = 0;
        let mut end_word = |text: &mut Vec<u8>, dots: &mut Vec<usize>, start: &mut usize| {
            if text.len() > *start {
                if dots.is_empty() || self.words.get(&text[*start..]).is_some_and(|w| w.title || w.degree) {
                    spans.push((*start, text.len()));
                } else {
                    let mut from = *start;
                    for &dot in dots.iter().chain([&text.len()]) {
                        if dot > from {
                            spans.push((from, dot));
                        }
                        from = dot;
                    }
                }
            }
            dots.clear();
            *start = text.len();
        };
        for letter in raw.chars() {
            match letter {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets = brackets.saturating_sub(1),
                _ if brackets > 0 => {}
                'a'..='z' | 'A'..='Z' => text.push(letter.to_ascii_uppercase() as u8),
                '\'' | '`' | '\u{2019}' => {}
                '.' => {
                    if text.len() > start {
                        dots.push(text.len());
                    }
                }
                ',' if text.len() > start || !text.is_empty() => break,
                _ if letter.is_alphabetic() => {
                    let plain = plain_letter(letter);
                    if plain == '\0' {
                        let mut buffer = [0; 4];
                        for upper in letter.to_uppercase() {
                            text.extend_from_slice(upper.encode_utf8(&mut buffer).as_bytes());
                        }
                    } else {
                        text.push(plain as u8);
                    }
                }
                _ => end_word(text, &mut dots, &mut start),
            }
        }
        end_word(text, &mut dots, &mut start);
    }
}

/// Letters with marks on them as the plain letter.
fn plain_letter(letter: char) -> char {
    match letter {
        'à'..='å' | 'À'..='Å' => 'A',
        'è'..='ë' | 'È'..='Ë' => 'E',
        'ì'..='ï' | 'Ì'..='Ï' => 'I',
        'ò'..='ö' | 'Ò'..='Ö' => 'O',
        'ù'..='ü' | 'Ù'..='Ü' => 'U',
        'ç' | 'Ç' => 'C',
        'ñ' | 'Ñ' => 'N',
        _ => '\0',
    }
}

/// The spelling key of a standardised name: one word, old and new spelling the same, no doubled letters, no `H`.
/// `SOEKARNO DJOJO` and `SUKARNO JOYO` have the same.
pub fn spelling_key(name: &str, out: &mut String) {
    out.clear();
    let bytes = name.as_bytes();
    let letter = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
    let vowel = |b: u8| matches!(b, b'A' | b'E' | b'I' | b'O' | b'U');
    let mut last = 0_u8;
    let mut i = 0;
    while i < bytes.len() {
        let (here, next) = (bytes[i], letter(i + 1));
        let (written, used): (&[u8], usize) = match (here, next) {
            (b'O', b'E') | (b'U', b'W') => (b"U", 2),
            (b'D', b'J') => (b"J", 2),
            (b'T', b'J') => (b"C", 2),
            (b'S', b'Y') => (b"S", 2),
            (b'K' | b'D' | b'T' | b'G' | b'S' | b'N', b'H') => (&bytes[i..=i], 2),
            (b'I', b'E' | b'Y') => (b"I", 2),
            (b'A', b'E') => (b"AI", 2),
            (b'F' | b'V', _) => (b"P", 1),
            (b'Z', _) => (b"J", 1),
            (b'Q', _) => (b"K", 1),
            (b'X', _) => (b"KS", 1),
            (b' ' | b'H', _) => (b"", 1),
            (b'Y', after) if vowel(after) && (i == 0 || letter(i - 1) == b' ' || vowel(letter(i - 1))) => (b"J", 1),
            (b'Y', _) => (b"I", 1),
            _ => (&bytes[i..=i], 1),
        };
        for &byte in written {
            if byte != last && byte.is_ascii() {
                out.push(char::from(byte));
                last = byte;
            }
        }
        i += used;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standard(raw: &str) -> String {
        let mut out = String::new();
        NameReader::new(&NameRules::indonesian()).read(raw, &mut out);
        out
    }

    fn key(raw: &str) -> String {
        let mut out = String::new();
        spelling_key(&standard(raw), &mut out);
        out
    }

    #[test]
    fn what_people_write() {
        for (raw, name) in [
            ("Hj. St. Aminah, S.Pd.", "SITI AMINAH"),
            ("SITI AMINAH BINTI UMAR", "SITI AMINAH"),
            ("Moch. Rizky", "MUHAMMAD RIZKY"),
            ("M.RIZKY", "MUHAMMAD RIZKY"),
            ("Rizky M.", "RIZKY M"),
            ("K.H. Abd. Wahid", "ABDUL WAHID"),
            ("Drs. H. Joko S.Pd", "JOKO"),
            ("SUTRISNO (ALM)", "SUTRISNO"),
            ("Alm. Sutrisno", "SUTRISNO"),
            ("Ahmad H.", "AHMAD H"),
            ("Nu'man", "NUMAN"),
            ("H.", "H"),
            ("", ""),
            ("- ", ""),
            ("Siti-Khadijah", "SITI KHADIJAH"),
            ("St.", "ST"),
            ("José", "JOSE"),
        ] {
            assert_eq!(standard(raw), name, "{raw}");
        }
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Soekarno", "Sukarno"),
            ("Djoko Tjahjo", "Joko Cahjo"),
            ("Jusuf", "Yusuf"),
            ("Khadijah", "Kadijah"),
            ("Rizky", "Rizki"),
            ("Fauzi", "Pauji"),
            ("Abdul Rahman", "Abdulrahman"),
            ("Syahrul", "Sahrull"),
            ("Riyanto", "Rianto"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn standardising_twice_changes_nothing_more(raw in "[A-Za-z.,' ()-]{0,30}") {
            let once = standard(&raw);
            // a title may come to stand first or last once the words around it are gone; then the second reading takes it away
            prop_assert!(once.ends_with(&standard(&once)) || once.starts_with(&standard(&once)) || standard(&once).starts_with("MUHAMMAD ") || standard(&once).starts_with("SITI "));
            prop_assert!(once.bytes().all(|b| b.is_ascii_uppercase() || b == b' '));
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }
    }
}
