//! Numbers of people and families (NIK, KK) as BCD: one decimal digit in four bits, the last digit lowest, the places before
//! a number of fewer than sixteen digits filled with `F`. 0 is "nothing written".

/// The filler before a number shorter than sixteen digits.
const FILLER: u64 = 0xF;

/// What a number must look like to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NumberRules {
    /// Fewest digits, at most 16.
    pub shortest: u8,
    /// Most digits, at most 16.
    pub longest: u8,
}

impl NumberRules {
    /// A NIK or KK number: sixteen digits; fifteen are kept, for one is often lost in typing.
    pub const INDONESIAN: Self = Self { shortest: 15, longest: 16 };
}

/// Reads a number: digits only, whatever stands between them. Nothing for placeholders: all digits the same, counted up, or zeros
/// but for the last one; nothing for numbers spoilt into `3.2E+15`.
pub fn read(raw: &str, rules: NumberRules) -> u64 {
    let mut value = 0_u64;
    let mut len = 0_u32;
    for byte in raw.bytes() {
        match byte {
            b'0'..=b'9' => {
                if len == 16 {
                    return 0;
                }
                value = (value << 4) | u64::from(byte - b'0');
                len += 1;
            }
            b'e' | b'E' => return 0,
            _ => {}
        }
    }
    if len < u32::from(rules.shortest) || len > u32::from(rules.longest) || is_placeholder(value, len) {
        return 0;
    }
    pad(value, len)
}

fn is_placeholder(value: u64, len: u32) -> bool {
    let digit = value & 0xF;
    let same = (0..len).all(|i| (value >> (4 * i)) & 0xF == digit);
    same || value < 0x10 || value == 0x1234_5678_9012_3456
}

fn pad(value: u64, len: u32) -> u64 {
    (len..16).fold(value, |value, place| value | (FILLER << (4 * place)))
}

/// How many digits a number has; 0 for none.
pub fn len(number: u64) -> u32 {
    if number == 0 { 0 } else { 16 - (!number).leading_zeros() / 4 }
}

/// `count` digits from digit `from` on (the first is 1); fewer if the number ends before.
pub fn part(number: u64, from: u32, count: u32) -> u64 {
    let len = len(number);
    let before = (from.max(1) - 1).min(len);
    let kept = count.min(len - before);
    let after = len - before - kept;
    if kept == 0 { 0 } else { pad((number >> (4 * after)) & mask(kept), kept) }
}

/// Digits as they are, placeholder or not.
pub(crate) fn literal(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 16 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = text.bytes().fold(0, |value, b| (value << 4) | u64::from(b - b'0'));
    Some(pad(value, text.len() as u32))
}

fn mask(digits: u32) -> u64 {
    if digits >= 16 { u64::MAX } else { (1 << (4 * digits)) - 1 }
}

/// The digits as text.
pub fn text(number: u64) -> String {
    let len = len(number);
    (0..len).rev().map(|i| char::from(b'0' + ((number >> (4 * i)) & 0xF) as u8)).collect()
}

/// Date of birth and sex written into a NIK (digits 7 to 12, the day plus 40 for women): `(yy, mm, dd, woman)`, the numbers as
/// plain integers. Nothing if the number has not sixteen digits or the part is no date.
pub fn birth(nik: u64) -> Option<(u32, u32, u32, bool)> {
    let part = |high: u32| ((nik >> (4 * high)) & 0xF) as u32 * 10 + ((nik >> (4 * (high - 1))) & 0xF) as u32;
    let (day, month, year) = (part(9), part(7), part(5));
    let woman = day > 40;
    let day = if woman { day - 40 } else { day };
    (len(nik) == 16 && (1..=31).contains(&day) && (1..=12).contains(&month)).then_some((year, month, day, woman))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_comes_back_as_it_was(text_in in "[0-9]{1,16}", from in 1..18_u32, count in 1..16_u32) {
            let number = read(&text_in, NumberRules { shortest: 1, longest: 16 });
            let same = text_in.bytes().all(|b| b == text_in.as_bytes()[0]) || text_in.trim_start_matches('0').len() <= 1;
            if same || text_in == "1234567890123456" {
                prop_assert_eq!(number, 0);
            } else {
                prop_assert_eq!(text(number), text_in.clone());
                prop_assert_eq!(len(number) as usize, text_in.len());
                let cut: String = text_in.chars().skip(from as usize - 1).take(count as usize).collect();
                prop_assert_eq!(text(part(number, from, count)), cut);
                prop_assert_eq!(literal(&text_in), Some(number));
            }
        }
    }

    #[test]
    fn what_people_write() {
        let read = |raw| text(read(raw, NumberRules::INDONESIAN));
        assert_eq!(read("'9801015202900001"), "9801015202900001");
        assert_eq!(read("980101 520290 0001"), "9801015202900001");
        assert_eq!(read("980101520290000"), "980101520290000");
        for nothing in [
            "",
            "-",
            "0",
            "9999999999999999",
            "9,80102E+15",
            "98010152029000011",
            "1234567890123456",
            "0000000000000001",
        ] {
            assert_eq!(read(nothing), "", "{nothing}");
        }
        assert_eq!(birth(super::read("9801015202900001", NumberRules::INDONESIAN)), Some((90, 2, 12, true)));
        assert_eq!(birth(super::read("9801010013900001", NumberRules::INDONESIAN)), None);
    }
}
