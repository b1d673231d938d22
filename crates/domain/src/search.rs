//! What somebody who looks for a family may have meant: the parts of what was typed, and the dictionary of all words of
//! names and addresses in which each part is looked up - as the beginning of a word, as another spelling of the same
//! sound, or with typing errors.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use chrono::NaiveDate;

use crate::{name::name_key, words::closed_words};

closed_words! {
    /// How far a family has come, as a search may ask.
    Status {
        /// No visit stands.
        NotVisited = "not_visited",
        /// Found eligible, with or without something to correct.
        Eligible = "eligible",
        NotEligible = "not_eligible",
        Postponed = "postponed",
        /// Chosen by a signed decree.
        Determined = "determined",
        /// Has received something.
        Served = "served",
        /// Moved away, dissolved or deceased.
        Gone = "gone",
    }
}

/// Words of addresses that say nothing of where: neither kept in the index nor looked for.
pub const PLACE_WORDS: [&str; 16] = [
    "RT",
    "RW",
    "NO",
    "JL",
    "JLN",
    "JALAN",
    "GG",
    "GANG",
    "DUSUN",
    "DSN",
    "DESA",
    "KEL",
    "KELURAHAN",
    "KP",
    "KAMPUNG",
    "LINGKUNGAN",
];

/// More parts than this are not looked for: nobody is found by so many who is not found by fewer.
const MOST_PARTS: usize = 8;

/// What was typed, taken apart. All parts must be true of one person of the family, or of the family itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of a name, of the address or of the village, as keys.
    pub words: Vec<String>,
    /// Whole NIK or KK numbers, or their last four digits and more.
    pub numbers: Vec<String>,
    /// Birth dates, `YYYY-MM-DD`.
    pub born: Vec<String>,
    /// Four digits that may be the year of birth as well as the end of a number.
    pub years: Vec<String>,
    /// RT or RW, as three digits.
    pub units: Vec<String>,
    /// Something was typed of which nothing can be looked for.
    pub nothing: bool,
}

impl Wanted {
    pub fn read(text: &str) -> Self {
        let mut wanted = Self::default();
        let digits = digits_of(text);
        // a number written in groups: 9901 0152 0785 0009
        if digits.len() == 16 && !text.chars().any(char::is_alphabetic) {
            wanted.numbers.push(digits);
            return wanted;
        }
        let mut letters: Vec<&str> = Vec::new();
        for token in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|t| !t.is_empty()) {
            if let Some(date) = date_of(token) {
                wanted.born.push(date);
                continue;
            }
            let digits = digits_of(token);
            let unit = ["RT", "RW"].iter().any(|unit| token.to_uppercase().starts_with(unit));
            if token.chars().any(char::is_alphabetic) && (!unit || digits.is_empty()) {
                letters.push(token);
                continue;
            }
            match digits.len() {
                0 => {}
                1..=3 => wanted.units.push(format!("{digits:0>3}")),
                4 if ("1900"..="2100").contains(&digits.as_str()) => wanted.years.push(digits),
                _ => wanted.numbers.push(digits),
            }
        }
        let key = name_key(&letters.join(" "));
        wanted.words = key
            .split(' ')
            .filter(|word| !word.is_empty() && !PLACE_WORDS.contains(word))
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        wanted.words.truncate(MOST_PARTS);
        for parts in [&mut wanted.numbers, &mut wanted.born, &mut wanted.years, &mut wanted.units] {
            parts.sort();
            parts.dedup();
            parts.truncate(MOST_PARTS);
        }
        wanted.nothing = !text.trim().is_empty() && wanted.is_empty();
        wanted
    }

    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        [&self.words, &self.numbers, &self.born, &self.years, &self.units].iter().all(|parts| parts.is_empty())
    }

    /// Whether more of somebody's number was typed than may stand in an address or be kept.
    pub fn is_secret(text: &str) -> bool {
        let mut run = 0;
        text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).any(|c| {
            run = if c.is_ascii_digit() { run + 1 } else { 0 };
            run > 8
        })
    }
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `17-08-1985`, `17/8/1985`, `17.08.1985` or `1985-08-17`.
fn date_of(token: &str) -> Option<String> {
    let parts: Vec<&str> = token.split(['-', '/', '.']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (day, year) = match (first.len(), last.len()) {
        (1 | 2, 4) => (first, last),
        (4, 1 | 2) => (last, first),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(date.to_string())
}

/// How a word sounds, for spellings that are mere habit: SYAMSUL and SAMSUL, RACHMAT and RAHMAT, JUSUF and YUSUF, AMINAH
/// and AMINA, ZAENAL and JAINAL.
pub fn sound(word: &str) -> String {
    const PAIRS: [(&str, &str); 14] = [
        ("SY", "S"),
        ("SJ", "S"),
        ("KH", "H"),
        ("CH", "H"),
        ("DH", "D"),
        ("TH", "T"),
        ("PH", "F"),
        ("V", "F"),
        ("Q", "K"),
        ("Z", "J"),
        ("AE", "AI"),
        ("IY", "I"),
        ("Y", "J"),
        ("X", "KS"),
    ];
    let folded = PAIRS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let mut out = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    if out.len() > 3 && out.ends_with('H') {
        out.pop();
    }
    out
}

/// How many typing errors are forgiven in a word of so many letters.
pub const fn forgiven(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether at most `most` letters were left out, put in, mistaken or changed about between the two words.
pub fn within(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > most) {
            return false;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().is_some_and(|cost| *cost <= most)
}

/// Every word of names, addresses and villages with how often it occurs, held in memory: a million people have some ten
/// thousand.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    words: BTreeMap<Box<str>, Entry>,
    by_sound: BTreeMap<Box<str>, Vec<Box<str>>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Which letters occur, a bit each: words that differ in too many need no comparison.
    letters: u32,
    length: usize,
    people: i64,
}

/// The words a typed word may stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    pub typed: String,
    /// Begin as typed, or sound the same.
    pub strict: Vec<String>,
    /// Besides: with typing errors.
    pub similar: Vec<String>,
    /// How often the strict ones occur, roughly.
    pub people: i64,
    /// How often the similar ones occur besides, roughly.
    pub more_people: i64,
}

impl Dictionary {
    /// Adds a word, or corrects how often it occurs.
    pub fn add(&mut self, word: &str, people: i64) {
        let entry = Entry { letters: letters_of(word), length: word.chars().count(), people };
        if self.words.insert(word.into(), entry).is_none() {
            self.by_sound.entry(sound(word).into()).or_default().push(word.into());
        }
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What a typed word (a key) may stand for, in alphabetical order.
    pub fn meant(&self, typed: &str) -> Meant {
        let mut strict: BTreeSet<&str> = self
            .words
            .range::<str, _>((Bound::Included(typed), Bound::Unbounded))
            .map(|(word, _)| &**word)
            .take_while(|word| word.starts_with(typed))
            .collect();
        let length = typed.chars().count();
        if length > 3
            && let Some(alike) = self.by_sound.get(sound(typed).as_str())
        {
            strict.extend(alike.iter().map(|word| &**word));
        }
        let most = forgiven(length);
        let letters = letters_of(typed);
        let mut similar = Vec::new();
        let mut more_people = 0;
        if most > 0 {
            for (word, entry) in &self.words {
                // one mistaken letter takes one bit away and adds another
                if entry.length.abs_diff(length) <= most
                    && (entry.letters ^ letters).count_ones() as usize <= 2 * most
                    && within(typed, word, most)
                    && !strict.contains(&**word)
                {
                    similar.push(word.to_string());
                    more_people += entry.people;
                }
            }
        }
        let people = strict.iter().filter_map(|word| self.words.get(*word)).map(|entry| entry.people).sum();
        Meant {
            typed: typed.to_owned(),
            strict: strict.into_iter().map(str::to_owned).collect(),
            similar,
            people,
            more_people,
        }
    }
}

fn letters_of(word: &str) -> u32 {
    word.chars().fold(0, |bits, letter| bits | 1 << if letter.is_ascii() { u32::from(letter) % 32 } else { 0 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        Wanted::read(text).words
    }

    #[test]
    fn what_was_typed_is_taken_apart() {
        assert_eq!(words("Moh. Noer"), ["MUHAMMAD", "NUR"]);
        assert_eq!(words("H. Abd Rahman"), ["ABDUL", "RAHMAN"]);
        let many = Wanted::read("siti 17-08-1985 RT 3 rw012 krajan 0009");
        assert_eq!(many.words, ["KRAJAN", "SITI"]);
        assert_eq!(many.born, ["1985-08-17"]);
        assert_eq!(many.units, ["003", "012"]);
        assert_eq!(many.numbers, ["0009"]);
        assert_eq!(Wanted::read("9901 0152 0785 0009").numbers, ["9901015207850009"]);
        assert_eq!(Wanted::read("1985").years, ["1985"]);
        assert_eq!(Wanted::read("1985-08-17").born, ["1985-08-17"]);
        for nothing in ["%", "RT", "--", "H."] {
            assert!(Wanted::read(nothing).nothing, "{nothing}");
        }
        assert!(Wanted::read("  ") == Wanted::default());
    }

    #[test]
    fn a_number_is_a_secret_however_it_is_written() {
        for secret in ["9901015207850009", "9901 0152 0785 0009", "siti 990101520785", "9901.0152.0785"] {
            assert!(Wanted::is_secret(secret), "{secret}");
        }
        for open in ["0009", "17-08-1985", "siti 1985", "RT 003 RW 012", ""] {
            assert!(!Wanted::is_secret(open), "{open}");
        }
    }

    #[test]
    fn spellings_of_habit_sound_the_same() {
        for (a, b) in [
            ("SYAMSUL", "SAMSUL"),
            ("SJAMSUL", "SYAMSUL"),
            ("RACHMAT", "RAHMAT"),
            ("JUSUF", "YUSUF"),
            ("AMINAH", "AMINA"),
            ("ZAENAL", "JAINAL"),
            ("NOVIYANTI", "NOFIANTI"),
            ("KHOTIJAH", "HOTIJAH"),
            ("ANNISA", "ANISA"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        assert_ne!(sound("SITI"), sound("SUTI"));
    }

    #[test]
    fn a_word_stands_for_its_beginning_its_sound_and_with_errors() {
        let mut dictionary = Dictionary::default();
        for (word, people) in
            [("AMINAH", 9), ("AMINA", 1), ("AMINUDIN", 3), ("AMIR", 4), ("ANIMAH", 2), ("SUPARNO", 5), ("SUPARDI", 6)]
        {
            dictionary.add(word, people);
        }
        let meant = dictionary.meant("AMINAH");
        assert_eq!(meant.strict, ["AMINA", "AMINAH"]);
        assert_eq!((meant.people, meant.similar), (10, vec![]));
        assert_eq!(dictionary.meant("AMIN").strict, ["AMINA", "AMINAH", "AMINUDIN"]);
        assert_eq!(dictionary.meant("AMIN").similar, ["AMIR"]);
        assert_eq!(dictionary.meant("SUPRANO").similar, ["SUPARNO"]);
        assert_eq!(dictionary.meant("SUPARNI").similar, ["SUPARDI", "SUPARNO"]);
        assert_eq!(dictionary.meant("XYZ"), Meant { typed: "XYZ".into(), ..Meant::default() });
    }

    /// The same distance, slowly and plainly.
    fn plainly(a: &[u8], b: &[u8]) -> usize {
        match (a, b) {
            ([], rest) | (rest, []) => rest.len(),
            ([x, a1 @ ..], [y, b1 @ ..]) => {
                let mut least = (plainly(a1, b1) + usize::from(x != y)).min(plainly(a1, b) + 1).min(plainly(a, b1) + 1);
                if let ([p, q, a2 @ ..], [r, s, b2 @ ..]) = (a, b)
                    && (p, q) == (s, r)
                {
                    least = least.min(plainly(a2, b2) + 1);
                }
                least
            }
        }
    }

    proptest! {
        #[test]
        fn the_distance_is_the_plain_one(a in "[ABC]{0,6}", b in "[ABC]{0,6}", most in 0_usize..3) {
            prop_assert_eq!(within(&a, &b, most), plainly(a.as_bytes(), b.as_bytes()) <= most);
        }

        #[test]
        fn no_similar_word_is_missed(words in proptest::collection::btree_set("[A-E]{3,9}", 1..40), typed in "[A-E]{3,9}") {
            let mut dictionary = Dictionary::default();
            for word in &words {
                dictionary.add(word, 1);
            }
            let meant = dictionary.meant(&typed);
            for word in &words {
                let strict = word.starts_with(&typed) || (typed.len() > 3 && sound(word) == sound(&typed));
                prop_assert_eq!(meant.strict.contains(word), strict);
                let similar = !strict && within(&typed, word, forgiven(typed.len()));
                prop_assert_eq!(meant.similar.contains(word), similar);
            }
        }
    }
}
