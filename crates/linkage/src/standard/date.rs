//! Dates as BCD `0xYYYYMMDD`, so that a digit can be compared with a digit. 0 is "nothing written".

/// Reads `2001-12-31`, `31-12-2001`, `31/12/2001`, `31.12.2001` and `20011231`, with anything after a blank or `T` left away.
/// A date that cannot be (month 13, 31 February) is nothing; so is one before 1880.
pub fn read(raw: &str) -> u32 {
    let raw = raw.trim();
    let raw = raw.split([' ', 'T']).next().unwrap_or_default();
    let mut parts = [0_u32; 3];
    let mut digits = [0_usize; 3];
    let mut part = 0;
    for byte in raw.bytes() {
        match byte {
            b'0'..=b'9' if digits[part] < 8 => {
                parts[part] = parts[part] * 10 + u32::from(byte - b'0');
                digits[part] += 1;
            }
            b'-' | b'/' | b'.' if part < 2 && digits[part] > 0 => part += 1,
            _ => return 0,
        }
    }
    match (part, digits) {
        (2, [4, 1..=2, 1..=2]) => pack(parts[0], parts[1], parts[2]),
        (2, [1..=2, 1..=2, 4]) => pack(parts[2], parts[1], parts[0]),
        (0, [8, 0, 0]) => pack(parts[0] / 10_000, parts[0] / 100 % 100, parts[0] % 100),
        _ => 0,
    }
}

/// The date of year, month and day; 0 if there is no such day.
pub fn pack(year: u32, month: u32, day: u32) -> u32 {
    if !(1880..=2999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
        return 0;
    }
    bcd(year) << 16 | bcd(month) << 8 | bcd(day)
}

fn bcd(mut n: u32) -> u32 {
    let mut out = 0;
    let mut place = 0;
    while n > 0 {
        out |= (n % 10) << place;
        n /= 10;
        place += 4;
    }
    out
}

fn plain(bcd: u32) -> u32 {
    (0..4).rev().fold(0, |n, i| n * 10 + ((bcd >> (4 * i)) & 0xF))
}

/// Year, month and day as plain integers.
pub fn parts(date: u32) -> (u32, u32, u32) {
    (plain(date >> 16), plain((date >> 8) & 0xFF), plain(date & 0xFF))
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Day and month changed. Not a date any more if the day was above 12, but still a value that no true date equals.
pub const fn swapped(date: u32) -> u32 {
    (date & 0xFFFF_0000) | ((date & 0xFF) << 8) | ((date >> 8) & 0xFF)
}

/// The date as text, `2001-12-31`.
pub fn text(date: u32) -> String {
    if date == 0 {
        return String::new();
    }
    format!("{:04x}-{:02x}-{:02x}", date >> 16, (date >> 8) & 0xFF, date & 0xFF)
}

/// The ten places of `2001-12-31` as nibbles, the dashes as `A`: distances are those of the written text.
pub const fn written(date: u32) -> u64 {
    let date = date as u64;
    (date >> 16) << 24 | 0xA << 20 | ((date >> 8) & 0xFF) << 12 | 0xA << 8 | (date & 0xFF)
}

/// Days since 1 March of the year 0 (proleptic Gregorian), for differences.
pub fn day_number(year: u32, month: u32, day: u32) -> i64 {
    let (y, m) = if month > 2 { (year, month - 3) } else { (year.saturating_sub(1), month + 9) };
    i64::from(365 * y + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_spelling_gives_the_same_date(y in 1900..2100_u32, m in 1..13_u32, d in 1..29_u32) {
            let date = pack(y, m, d);
            prop_assert_eq!(parts(date), (y, m, d));
            for raw in [format!("{y}-{m:02}-{d:02}"), format!("{d:02}/{m:02}/{y}"), format!("{d}.{m}.{y}"), format!("{y}{m:02}{d:02}"),
                        format!("{y}-{m:02}-{d:02} 00:00:00"), text(date)] {
                prop_assert_eq!(read(&raw), date, "{}", raw);
            }
            prop_assert_eq!(swapped(swapped(date)), date);
            prop_assert_eq!(day_number(y, m, d) + 1, if d < 28 { day_number(y, m, d + 1) } else {
                (1..4).map(|more| if days_in(y, m) >= 28 + more { (y, m, 28 + more) } else if m == 12 { (y + 1, 1, 1) } else { (y, m + 1, 1) })
                    .map(|(y, m, d)| day_number(y, m, d)).next().unwrap_or_default()
            });
        }
    }

    #[test]
    fn no_date_is_made_of_what_is_none() {
        for raw in
            ["", "-", "1990", "31-02-1990", "1990-13-01", "0000-00-00", "01-01-90", "abc", "12-1990", "1990-01-01-01"]
        {
            assert_eq!(read(raw), 0, "{raw}");
        }
        assert_eq!(text(read("29-02-2000")), "2000-02-29");
        assert_eq!(read("29-02-1900"), 0);
    }
}
