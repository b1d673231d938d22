//! Addresses: the street or hamlet, and the neighbourhood numbers RT and RW.
//!
//! Lists write RT and RW into the address (`DUSUN DAMAI RT 003 RW 002`) or into columns of their own; a visit corrects
//! them by number. Where a number is known apart from the text, it counts, and the one in the text goes.

use std::fmt;

/// An address with its neighbourhood numbers taken out of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// `DUSUN DAMAI`; the text as it came when no number is known apart from it.
    pub street: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
}

impl Address {
    /// From the text and the numbers known apart from it; an empty number is none.
    pub fn of(text: &str, rt: Option<&str>, rw: Option<&str>) -> Self {
        let known = |number: Option<&str>| number.map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
        let (rt, rw) = (known(rt), known(rw));
        if rt.is_none() && rw.is_none() {
            return Self { street: text.trim().to_owned(), rt, rw };
        }
        let written = Self::split(text);
        Self { street: written.street, rt: rt.or(written.rt), rw: rw.or(written.rw) }
    }

    /// The text without the numbers written into it, and these.
    fn split(text: &str) -> Self {
        let bytes = text.as_bytes();
        let label = |at: usize| matches!(bytes.get(at..at + 2), Some(word) if word.eq_ignore_ascii_case(b"RT") || word.eq_ignore_ascii_case(b"RW"));
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let begins = (0..bytes.len()).find(|&at| label(at) && !letter(at + 2) && (at == 0 || !letter(at - 1)));
        let Some(start) = begins else { return Self { street: text.trim().to_owned(), ..Self::default() } };
        let (mut at, mut named, mut found) = (start, Vec::new(), Self::default());
        while at < bytes.len() {
            if label(at) && !letter(at + 2) {
                named.push(bytes[at + 1].eq_ignore_ascii_case(&b'T'));
                at += 2;
            } else if bytes[at].is_ascii_digit() {
                let end = (at..bytes.len()).find(|&to| !bytes[to].is_ascii_digit()).unwrap_or(bytes.len());
                if named.is_empty() {
                    break;
                }
                let number = Some(text[at..end].to_owned());
                if named.remove(0) {
                    found.rt = number;
                } else {
                    found.rw = number;
                }
                at = end;
            } else if matches!(bytes[at], b' ' | b'/' | b'.' | b',' | b':' | b'-') {
                at += 1;
            } else {
                break;
            }
        }
        if found.rt.is_none() && found.rw.is_none() {
            return Self { street: text.trim().to_owned(), ..Self::default() };
        }
        let side = |part: &str| part.trim_matches([' ', ',', '/', '-']).to_owned();
        let sides = [side(&text[..start]), side(&text[at..])];
        found.street = sides.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        found
    }
}

/// `DUSUN DAMAI RT 003 RW 002`
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rt = self.rt.as_ref().map(|rt| format!("RT {rt}"));
        let rw = self.rw.as_ref().map(|rw| format!("RW {rw}"));
        let street = Some(self.street.clone()).filter(|street| !street.is_empty());
        f.write_str(&[street, rt, rw].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str, rt: &str, rw: &str) -> String {
        Address::of(text, Some(rt), Some(rw)).to_string()
    }

    #[test]
    fn a_number_known_apart_from_the_text_takes_the_place_of_the_one_in_it() {
        assert_eq!(line("DUSUN DAMAI RT 003 RW 002", "006", ""), "DUSUN DAMAI RT 006 RW 002");
        assert_eq!(line("Dusun Krajan, RT 001/RW 002", "", "9"), "Dusun Krajan RT 001 RW 9");
        assert_eq!(line("RT/RW 001/002 Jalan Mawar No. 4", "003", "004"), "Jalan Mawar No. 4 RT 003 RW 004");
        assert_eq!(line("Jl. Melati rt05 rw.01, Kauman", "006", ""), "Jl. Melati, Kauman RT 006 RW 01");
        assert_eq!(line("Dusun Krajan", "001", "002"), "Dusun Krajan RT 001 RW 002");
        assert_eq!(line(" ", "001", ""), "RT 001");
    }

    #[test]
    fn a_text_nobody_corrects_stays_as_it_is() {
        assert_eq!(line("DUSUN DAMAI RT 003 RW 002 ", "", " "), "DUSUN DAMAI RT 003 RW 002");
        // a word that begins like a label, and a label without a number
        assert_eq!(line("Jalan Kartini 4 RTM", "001", ""), "Jalan Kartini 4 RTM RT 001");
        assert_eq!(line("Rumah Pak RT", "001", ""), "Rumah Pak RT RT 001");
        assert_eq!(line("Dusun Krajan", "", ""), "Dusun Krajan");
    }

    proptest! {
        /// Whatever the text: the number known counts, and writing the line again says the same.
        #[test]
        fn writing_it_twice_is_writing_it_once(text in "[A-Za-zé 0-9/.,RTW]{0,40}", rt in "[0-9]{1,3}", rw in "[0-9]{0,3}") {
            let once = Address::of(&text, Some(&rt), Some(&rw));
            let said = ["RT ", &rt].concat();
            prop_assert!(once.to_string().contains(&said));
            let again = Address::of(&once.to_string(), Some(&rt), Some(&rw));
            prop_assert_eq!((again.rt, again.rw), (once.rt, once.rw));
        }
    }
}
