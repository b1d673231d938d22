//! How alike two values are: Jaro, Jaro-Winkler, Levenshtein, Damerau-Levenshtein and Jaccard over bytes, and distances of
//! numbers of up to sixteen digits held as BCD.
//!
//! The definitions are those of DuckDB (bytes, not letters; Winkler's bonus only above 0.7; the unrestricted
//! Damerau-Levenshtein distance; an empty text is like nothing), because a model must score the same here and there.
//! Sources: M. Jaro (1989); W. Winkler (1990); H. Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit
//! distances" (2003); R. Lowrance and R. Wagner, "An extension of the string-to-string correction problem" (1975).

/// Working memory of one thread. Nothing in it outlives a call.
#[derive(Debug)]
pub struct Scratch {
    /// For every byte, the places where the pattern has it. All zero between calls.
    places: Box<[u64; 256]>,
    cells: Vec<u16>,
    seen: Vec<bool>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self { places: Box::new([0; 256]), cells: Vec::new(), seen: Vec::new() }
    }
}

impl Scratch {
    fn mark(&mut self, pattern: &[u8]) {
        for (i, byte) in pattern.iter().enumerate() {
            self.places[usize::from(*byte)] |= 1 << i;
        }
    }

    fn clear(&mut self, pattern: &[u8]) {
        for byte in pattern {
            self.places[usize::from(*byte)] = 0;
        }
    }
}

/// What tells quickly that two texts are not alike: one bit for every letter and how often it stood before (in 52 bits, so several
/// share one), the first letter and the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketch(u64);

impl Sketch {
    const LETTERS: u64 = (1 << 52) - 1;
    /// Stands for every length from this on.
    const LONG: usize = 63;

    pub fn of(text: &[u8]) -> Self {
        let mut before = [0_usize; 32];
        let mut bits = 0;
        for byte in text {
            let letter = usize::from(byte & 31);
            bits |= 1 << ((letter + 29 * before[letter]) % 52);
            before[letter] += 1;
        }
        let first = u64::from(text.first().copied().unwrap_or_default() & 63);
        Self(bits | first << 52 | (text.len().min(Self::LONG) as u64) << 58)
    }

    /// At least the Jaro similarity of the two texts: as if all letters they share stood in order and near enough.
    pub fn jaro_at_most(self, other: Self) -> f64 {
        let (a, b) = ((self.0 >> 58) as u32, (other.0 >> 58) as u32);
        if a.max(b) >= Self::LONG as u32 || a.min(b) == 0 {
            return 1.0;
        }
        // a letter whose bit the other text lacks has no partner there
        let alone = |x: Self, y: Self| (x.0 & !y.0 & Self::LETTERS).count_ones();
        let common = (a - alone(self, other)).min(b - alone(other, self));
        if common == 0 {
            return 0.0;
        }
        (f64::from(common) / f64::from(a) + f64::from(common) / f64::from(b) + 1.0) / 3.0
    }

    /// At least the Jaro-Winkler similarity of the two texts.
    pub fn jaro_winkler_at_most(self, other: Self) -> f64 {
        let jaro = self.jaro_at_most(other);
        let same_start = (self.0 ^ other.0) >> 52 << 58 == 0;
        if same_start && jaro > 0.7 { jaro + 0.4 * (1.0 - jaro) } else { jaro }
    }
}

/// Jaro similarity, 0 to 1.
pub fn jaro(a: &[u8], b: &[u8], scratch: &mut Scratch) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (common, out_of_order) = if a.len() <= 64 && b.len() <= 64 {
        common_short(a, b, reach, scratch)
    } else {
        common_long(a, b, reach, scratch)
    };
    if common == 0 {
        return 0.0;
    }
    let common = f64::from(common);
    let mut similarity = common / a.len() as f64;
    similarity += common / b.len() as f64;
    similarity += (common - f64::from(out_of_order / 2)) / common;
    similarity / 3.0
}

/// Jaro-Winkler similarity, 0 to 1: Jaro plus a tenth of what is missing for each of the first four bytes in common,
/// if Jaro is above 0.7.
pub fn jaro_winkler(a: &[u8], b: &[u8], scratch: &mut Scratch) -> f64 {
    let similarity = jaro(a, b, scratch);
    if similarity > 0.7 {
        let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
        similarity + prefix as f64 * 0.1 * (1.0 - similarity)
    } else {
        similarity
    }
}

/// Bytes in common within `reach`, and how many of them stand in another order; both texts of at most 64 bytes.
fn common_short(a: &[u8], b: &[u8], reach: usize, scratch: &mut Scratch) -> (u32, u32) {
    scratch.mark(a);
    let (mut in_a, mut in_b) = (0_u64, 0_u64);
    let mut window = if reach >= 63 { u64::MAX } else { (1_u64 << (reach + 1)) - 1 };
    for (j, byte) in b.iter().enumerate() {
        let free = scratch.places[usize::from(*byte)] & window & !in_a;
        in_a |= free & free.wrapping_neg();
        in_b |= u64::from(free != 0) << j;
        window = if j < reach { (window << 1) | 1 } else { window << 1 };
    }
    let common = in_a.count_ones();
    let mut out_of_order = 0;
    let (mut rest_a, mut rest_b) = (in_a, in_b);
    while rest_b != 0 {
        let first = rest_a & rest_a.wrapping_neg();
        let byte = b[rest_b.trailing_zeros() as usize];
        out_of_order += u32::from(scratch.places[usize::from(byte)] & first == 0);
        rest_a ^= first;
        rest_b &= rest_b - 1;
    }
    scratch.clear(a);
    (common, out_of_order)
}

fn common_long(a: &[u8], b: &[u8], reach: usize, scratch: &mut Scratch) -> (u32, u32) {
    scratch.seen.clear();
    scratch.seen.resize(a.len(), false);
    let mut from_b = Vec::new();
    for (j, byte) in b.iter().enumerate() {
        let start = j.saturating_sub(reach);
        let end = (j + reach + 1).min(a.len());
        if let Some(i) = (start..end).find(|&i| !scratch.seen[i] && a[i] == *byte) {
            scratch.seen[i] = true;
            from_b.push(*byte);
        }
    }
    let from_a = a.iter().zip(&scratch.seen).filter(|(_, seen)| **seen).map(|(byte, _)| byte);
    let out_of_order = from_a.zip(&from_b).filter(|(x, y)| x != y).count();
    (from_b.len() as u32, out_of_order as u32)
}

fn without_common_ends<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    a = &a[prefix..];
    b = &b[prefix..];
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - suffix], &b[..b.len() - suffix])
}

/// Levenshtein distance: the fewest single bytes put in, taken out or replaced.
pub fn levenshtein(a: &[u8], b: &[u8], scratch: &mut Scratch) -> u32 {
    let (a, b) = without_common_ends(a, b);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) as u32;
    }
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a.len() > 64 {
        return levenshtein_long(a, b, scratch);
    }
    scratch.mark(a);
    let last = 1_u64 << (a.len() - 1);
    let (mut more, mut less) = (u64::MAX, 0_u64);
    let mut distance = a.len() as u32;
    for byte in b {
        let here = scratch.places[usize::from(*byte)];
        let diagonal = (((here & more).wrapping_add(more)) ^ more) | here | less;
        let up = less | !(diagonal | more);
        let down = diagonal & more;
        distance += u32::from(up & last != 0);
        distance -= u32::from(down & last != 0);
        let up = (up << 1) | 1;
        more = (down << 1) | !(diagonal | up);
        less = up & diagonal;
    }
    scratch.clear(a);
    distance
}

fn levenshtein_long(a: &[u8], b: &[u8], scratch: &mut Scratch) -> u32 {
    let row = &mut scratch.cells;
    row.clear();
    row.extend(0..=a.len() as u16);
    for (j, y) in b.iter().enumerate() {
        let mut corner = row[0];
        row[0] = j as u16 + 1;
        for (i, x) in a.iter().enumerate() {
            let above = row[i + 1];
            row[i + 1] = (corner + u16::from(x != y)).min(above + 1).min(row[i] + 1);
            corner = above;
        }
    }
    u32::from(row[a.len()])
}

/// Damerau-Levenshtein distance, unrestricted: as Levenshtein, and two neighbours changing places cost one, also when
/// something is put between them afterwards.
pub fn damerau_levenshtein(a: &[u8], b: &[u8], scratch: &mut Scratch) -> u32 {
    let (a, b) = without_common_ends(a, b);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) as u32;
    }
    let width = b.len() + 2;
    let far = (a.len() + b.len()) as u16;
    let cells = &mut scratch.cells;
    cells.clear();
    cells.resize((a.len() + 2) * width, far);
    for i in 0..=a.len() {
        cells[(i + 1) * width + 1] = i as u16;
    }
    for j in 0..=b.len() {
        cells[width + j + 1] = j as u16;
    }
    let mut row_of = [0_usize; 256];
    for i in 1..=a.len() {
        let mut column = 0;
        for j in 1..=b.len() {
            let (row, col) = (row_of[usize::from(b[j - 1])], column);
            let same = a[i - 1] == b[j - 1];
            if same {
                column = j;
            }
            let replaced = cells[i * width + j] + u16::from(!same);
            let put_in = cells[(i + 1) * width + j] + 1;
            let taken_out = cells[i * width + j + 1] + 1;
            let swapped = cells[row * width + col] + (i - row - 1) as u16 + 1 + (j - col - 1) as u16;
            cells[(i + 1) * width + j + 1] = replaced.min(put_in).min(taken_out).min(swapped);
        }
        row_of[usize::from(a[i - 1])] = i;
    }
    u32::from(cells[(a.len() + 1) * width + b.len() + 1])
}

/// Jaccard similarity of the sets of bytes, 0 to 1.
pub fn jaccard(a: &[u8], b: &[u8]) -> f64 {
    let set = |text: &[u8]| {
        let mut bits = [0_u64; 4];
        for byte in text {
            bits[usize::from(byte >> 6)] |= 1 << (byte & 63);
        }
        bits
    };
    let (a, b) = (set(a), set(b));
    let both: u32 = a.iter().zip(&b).map(|(x, y)| (x & y).count_ones()).sum();
    let any: u32 = a.iter().zip(&b).map(|(x, y)| (x | y).count_ones()).sum();
    if any == 0 { 0.0 } else { f64::from(both) / f64::from(any) }
}

const NIBBLES: u64 = 0x1111_1111_1111_1111;

/// One bit (the lowest of its nibble) for every digit place where `x` is not zero.
fn nonzero_nibbles(x: u64) -> u64 {
    let x = x | (x >> 2);
    (x | (x >> 1)) & NIBBLES
}

/// The distance of two numbers of sixteen nibbles, counted up to 2; 3 stands for "more".
///
/// Numbers of the same length are two edits apart when two digits differ, when one was taken out and one put in, or (only with
/// `neighbours`, the Damerau-Levenshtein distance) when neighbours changed places once or twice, or once beside one wrong digit.
pub fn digits_apart(a: u64, b: u64, neighbours: bool) -> u32 {
    let differ = nonzero_nibbles(a ^ b);
    let wrong = differ.count_ones();
    if wrong <= 1 {
        return wrong;
    }
    // a swap at place i (low digit): both places differ, a's high digit is b's low one and the other way round
    let a_high_is_b_low = !nonzero_nibbles((a >> 4) ^ b);
    let a_low_is_b_high = !nonzero_nibbles(a ^ (b >> 4));
    let mut swaps = a_high_is_b_low & a_low_is_b_high & differ & (differ >> 4) & NIBBLES;
    let mut count = 0;
    while swaps != 0 {
        let low = swaps & swaps.wrapping_neg();
        count += 1;
        swaps &= !(low | (low << 4)); // neighbours swapped once are not swapped again
    }
    if neighbours && count == 1 && wrong == 2 {
        return 1;
    }
    if wrong == 2 || (neighbours && (wrong == 3 && count >= 1 || wrong == 4 && count == 2)) {
        return 2;
    }
    // one digit out, another in: the part between the first and the last difference moved by one place
    let low = differ.trailing_zeros();
    let high = differ.ilog2() + 4; // one past the highest differing nibble
    let middle = (if high >= 64 { u64::MAX } else { (1 << high) - 1 }) & !((1 << low) - 1);
    let (a, b) = (a & middle, b & middle);
    let inner = middle & (middle << 4); // all but the lowest digit
    let moved_up = ((a << 4) ^ b) & inner == 0;
    let moved_down = ((b << 4) ^ a) & inner == 0;
    if moved_up || moved_down { 2 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Jaro as its paper tells it: greedy matches within half the longer text, half the transpositions.
    fn plain_jaro(a: &[u8], b: &[u8]) -> f64 {
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        let reach = (a.len().max(b.len()) as i64 / 2 - 1).max(0);
        let mut taken = vec![None; a.len()];
        let mut used = vec![false; b.len()];
        for (j, y) in b.iter().enumerate() {
            for (i, x) in a.iter().enumerate() {
                if x == y && taken[i].is_none() && (i as i64 - j as i64).abs() <= reach {
                    taken[i] = Some(j);
                    used[j] = true;
                    break;
                }
            }
        }
        let from_a: Vec<u8> = a.iter().zip(&taken).filter(|(_, t)| t.is_some()).map(|(x, _)| *x).collect();
        let from_b: Vec<u8> = b.iter().zip(&used).filter(|(_, u)| **u).map(|(y, _)| *y).collect();
        if from_a.is_empty() {
            return 0.0;
        }
        let t = from_a.iter().zip(&from_b).filter(|(x, y)| x != y).count() / 2;
        let m = from_a.len() as f64;
        (m / a.len() as f64 + m / b.len() as f64 + (m - t as f64) / m) / 3.0
    }

    fn plain_levenshtein(a: &[u8], b: &[u8]) -> u32 {
        let mut d = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    (i + j) as u32
                } else {
                    (d[i - 1][j - 1] + u32::from(a[i - 1] != b[j - 1])).min(d[i - 1][j] + 1).min(d[i][j - 1] + 1)
                };
            }
        }
        d[a.len()][b.len()]
    }

    /// The fewest steps by trying all of them (breadth first), for short texts over a small alphabet. Neighbours change places
    /// before anything is put between them, which is the unrestricted distance.
    fn plain_damerau(a: &[u8], b: &[u8]) -> u32 {
        let mut letters = b.to_vec();
        letters.sort_unstable();
        letters.dedup();
        let mut seen = std::collections::HashSet::from([a.to_vec()]);
        let mut now = vec![a.to_vec()];
        for steps in 0.. {
            if now.iter().any(|x| x == b) {
                return steps;
            }
            let mut next = Vec::new();
            for x in &now {
                let mut reached = Vec::new();
                for i in 0..x.len() {
                    let mut y = x.clone();
                    y.remove(i);
                    reached.push(y);
                    for l in &letters {
                        let mut y = x.clone();
                        y[i] = *l;
                        reached.push(y);
                    }
                    if i + 1 < x.len() {
                        let mut y = x.clone();
                        y.swap(i, i + 1);
                        reached.push(y);
                    }
                }
                if x.len() < a.len().max(b.len()) + 1 {
                    for i in 0..=x.len() {
                        for l in &letters {
                            let mut y = x.clone();
                            y.insert(i, *l);
                            reached.push(y);
                        }
                    }
                }
                next.extend(reached.into_iter().filter(|y| seen.insert(y.clone())));
            }
            now = next;
        }
        unreachable!()
    }

    fn bcd(digits: &[u8]) -> u64 {
        digits.iter().fold(0, |x, d| (x << 4) | u64::from(*d))
    }

    proptest! {
        #[test]
        fn jaro_is_the_plain_one(a in "[A-E ]{0,70}", b in "[A-E ]{0,70}") {
            let mut s = Scratch::default();
            prop_assert!((jaro(a.as_bytes(), b.as_bytes(), &mut s) - plain_jaro(a.as_bytes(), b.as_bytes())).abs() < 1e-12);
        }

        #[test]
        fn a_sketch_never_tells_too_little(a in "[A-H1 ]{0,40}", b in "[A-H1 ]{0,40}", long in "[A-C]{0,70}") {
            let mut s = Scratch::default();
            for (a, b) in [(&a, &b), (&a, &long), (&long, &b)] {
                let (a, b) = (a.as_bytes(), b.as_bytes());
                let (x, y) = (Sketch::of(a), Sketch::of(b));
                prop_assert!(x.jaro_at_most(y) + 1e-9 >= jaro(a, b, &mut s));
                prop_assert!(x.jaro_winkler_at_most(y) + 1e-9 >= jaro_winkler(a, b, &mut s));
            }
        }

        #[test]
        fn levenshtein_is_the_plain_one(a in "[A-D]{0,80}", b in "[A-D]{0,80}", tail in "[A-D]{0,9}") {
            let mut s = Scratch::default();
            let (a, b) = (format!("{a}{tail}"), format!("{b}{tail}"));
            prop_assert_eq!(levenshtein(a.as_bytes(), b.as_bytes(), &mut s), plain_levenshtein(a.as_bytes(), b.as_bytes()));
        }

        #[test]
        fn damerau_is_found_by_trying_everything(a in "[AB]{0,4}C?", b in "[A-C]{0,4}") {
            let mut s = Scratch::default();
            prop_assert_eq!(damerau_levenshtein(a.as_bytes(), b.as_bytes(), &mut s), plain_damerau(a.as_bytes(), b.as_bytes()));
        }

        #[test]
        fn digits_apart_is_the_distance_of_the_text(
            a in proptest::collection::vec(0..4_u8, 16),
            edits in proptest::collection::vec((0..4_u8, 0..16_usize, 0..4_u8), 0..4),
        ) {
            let mut b = a.clone();
            for (kind, i, d) in edits {
                match kind {
                    0 => b[i] = d,
                    1 if i < 15 => b.swap(i, i + 1),
                    2 => { b.remove(i); b.push(d); }
                    _ => { b.insert(i, d); b.pop(); }
                }
            }
            let mut s = Scratch::default();
            prop_assert_eq!(digits_apart(bcd(&a), bcd(&b), false), levenshtein(&a, &b, &mut s).min(3));
            prop_assert_eq!(digits_apart(bcd(&a), bcd(&b), true), damerau_levenshtein(&a, &b, &mut s).min(3));
        }
    }

    #[test]
    fn values_that_duckdb_gives() {
        let mut s = Scratch::default();
        assert!((jaro_winkler(b"DIXON", b"DICKSONX", &mut s) - 0.813_333_333_333_333_2).abs() < 1e-15);
        assert!((jaro_winkler(b"SUTRISNOADI", b"SUTRISNAODI", &mut s) - 0.981_818_181_818_181_8).abs() < 1e-15);
        assert_eq!(damerau_levenshtein(b"ca", b"abc", &mut s), 2);
        assert!((jaccard(b"ABCA", b"ABD") - 0.5).abs() < 1e-15);
    }
}
