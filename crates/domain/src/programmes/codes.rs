//! Codes of the local budget: sub-activities (`1.06.05.2.02.0004`) and accounts (`5.1.06.02.01.0001`).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Aid;
use crate::codes;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no code of the local budget")]
pub struct NotACode;

/// `urusan.bidang.program.level.kegiatan.sub`; the fourth part is 2 for a kabupaten or kota and 1 for a province.
/// The last part has four digits since 2023 and two before. Which codes exist is the ministry's list, which grows:
/// a well-formed code that our copy does not know is kept, and the page says that it is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubActivity(String);

/// Digits of the parts of a sub-activity, in order; the last is two or four.
const PARTS: [usize; 5] = [1, 2, 2, 1, 2];

impl SubActivity {
    /// Reads the code with or without dots, the fourth part as `2` or `02`: `1.06.05.02.02.0004` is `1.06.05.2.02.0004`.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let text = text.trim().trim_end_matches('.');
        let parts: Vec<String> = if text.contains('.') {
            text.split('.').map(|part| part.trim().to_owned()).collect()
        } else {
            cut(text).ok_or(NotACode)?
        };
        let [area, field, programme, level, activity, sub] = parts.as_slice() else { return Err(NotACode) };
        let level = level.strip_prefix('0').unwrap_or(level);
        let lengths = [area.len(), field.len(), programme.len(), level.len(), activity.len()];
        let digits =
            [area, field, programme, level, activity, sub].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
        if lengths != PARTS || !matches!(sub.len(), 2 | 4) || !digits || !matches!(level, "1" | "2") {
            return Err(NotACode);
        }
        Ok(Self([area, field, programme, level, activity, sub].map(str::to_owned).join(".")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its name in our copy of the ministry's list.
    pub fn name(&self, english: bool) -> Option<&'static str> {
        ["apbd.subkegiatan_dinsos", "apbd.subkegiatan_opd"]
            .iter()
            .find_map(|list| codes::list(list).code(&self.0))
            .map(|code| code.label(english))
    }
}

impl fmt::Display for SubActivity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A code written without dots, cut into its six parts: its length tells whether the fourth part has one digit or two.
fn cut(text: &str) -> Option<Vec<String>> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (level, sub) = match text.len() {
        10 => (1, 2),
        11 => (2, 2),
        12 => (1, 4),
        13 => (2, 4),
        _ => return None,
    };
    let mut rest = text;
    let mut parts = Vec::new();
    for length in [1, 2, 2, level, 2, sub] {
        let (part, tail) = rest.split_at(length);
        parts.push(part.to_owned());
        rest = tail;
    }
    Some(parts)
}

/// An account of expenditure, starting with 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Account(String);

impl Account {
    /// Reads `5.1.06.02.01.0001` and the shorter accounts above it, such as `5.3`.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        const LENGTHS: [usize; 6] = [1, 1, 2, 2, 2, 4];
        let text = text.trim().trim_end_matches('.');
        let parts: Vec<&str> = text.split('.').map(str::trim).collect();
        let sound = (2..=LENGTHS.len()).contains(&parts.len())
            && parts
                .iter()
                .zip(LENGTHS)
                .all(|(part, length)| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()));
        if !sound || parts[0] != "5" {
            return Err(NotACode);
        }
        Ok(Self(parts.join(".")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn name(&self, english: bool) -> Option<&'static str> {
        codes::list("apbd.rekening_bansos").code(&self.0).map(|code| code.label(english))
    }

    /// Social aid (5.1.06) tells money (`.01.0001`) from goods (`.02.0001`) in its fifth part; other accounts do not say.
    pub fn is_for(&self, aid: Aid) -> bool {
        let parts: Vec<&str> = self.0.split('.').collect();
        match (self.0.starts_with("5.1.06."), parts.get(4).copied()) {
            (true, Some("01")) => aid == Aid::Cash,
            (true, Some("02")) => aid == Aid::Goods,
            _ => true,
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sub_activity_is_written_one_way() {
        for text in ["1.06.05.2.02.0004", "1.06.05.02.02.0004", " 1.06.05.2.02.0004. ", "106052020004", "1060502020004"]
        {
            assert_eq!(SubActivity::parse(text).expect(text).as_str(), "1.06.05.2.02.0004", "{text}");
        }
        let code = SubActivity::parse("1.06.05.2.02.0004").expect("a code");
        assert!(code.name(false).expect("known").to_lowercase().contains("pengembangan ekonomi"));
        // before 2023
        assert_eq!(SubActivity::parse("1.01.02.2.04.10").expect("a code").as_str(), "1.01.02.2.04.10");
        assert_eq!(SubActivity::parse("1.01.02.2.04.10").expect("a code").name(false), None);
    }

    #[test]
    fn what_is_no_sub_activity_is_refused() {
        // without dots, eleven digits are an old code with a fourth part of two digits, and 20 is no level
        for text in [
            "",
            "1.06.05.2.02",
            "1.06.05.3.02.0004",
            "1.6.05.2.02.0004",
            "1.06.05.2.02.004",
            "x.06.05.2.02.0004",
            "10605202004",
        ] {
            assert_eq!(SubActivity::parse(text), Err(NotACode), "{text}");
        }
    }

    #[test]
    fn accounts_tell_money_from_goods() {
        let cash = Account::parse("5.1.06.02.01.0001").expect("an account");
        assert!(cash.is_for(Aid::Cash) && !cash.is_for(Aid::Goods));
        assert!(cash.name(false).expect("known").contains("uang"));
        let goods = Account::parse("5.1.06.02.02.0001.").expect("an account");
        assert!(goods.is_for(Aid::Goods) && !goods.is_for(Aid::Cash));
        assert!(Account::parse("5.3").expect("an account").is_for(Aid::Goods));
        for text in ["", "5", "4.1.02", "5.1.6.02", "5.1.06.02.01.0001.1"] {
            assert!(Account::parse(text).is_err(), "{text}");
        }
    }
}
