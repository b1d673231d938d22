//! A record as bytes that mean the same in any table of the same schema: what was read of it, texts written out. What is derived from
//! that is derived again where it arrives.

use super::{ELSEWHERE, Step, Table, agrees, derive_text, digits, make_from_row, set_digits};

/// Adds packed records to a table, deriving what is made of a text once for each distinct text.
#[derive(Debug)]
pub(crate) struct Unpacker {
    /// For each column the derived text of every text it is made from; [`UNKNOWN`] where it was not made yet.
    derived: Vec<Vec<u32>>,
    words: Vec<u32>,
    text: String,
}

const UNKNOWN: u32 = u32::MAX;

/// Takes so many bytes off the front.
pub(crate) fn take<'b>(from: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = from.split_at_checked(count)?;
    *from = rest;
    Some(taken)
}

pub(crate) fn take_u32(from: &mut &[u8]) -> Option<u32> {
    take(from, 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// Seven bits a byte, the lowest first.
fn put_length(mut length: usize, out: &mut Vec<u8>) {
    while length > 127 {
        out.push(length as u8 | 128);
        length >>= 7;
    }
    out.push(length as u8);
}

fn take_length(from: &mut &[u8]) -> Option<usize> {
    let mut length = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = take(from, 1)?[0];
        length |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Some(length);
        }
    }
    None
}

impl Table {
    /// Writes what was read of a record.
    pub(crate) fn pack(&self, row: usize, out: &mut Vec<u8>) {
        let row = self.row(row);
        out.push(row[0] as u8);
        for (place, step) in self.places.iter().zip(&self.steps) {
            match step {
                Step::Text(_) => {
                    let text = self.dictionaries[place.dictionary].bytes(row[place.offset]);
                    put_length(text.len(), out);
                    out.extend_from_slice(text);
                }
                Step::Digits(_) => out.extend_from_slice(&digits(row, *place).to_le_bytes()),
                Step::Date(_) => out.extend_from_slice(&row[place.offset].to_le_bytes()),
                _ => {}
            }
        }
    }

    /// Sets how often each number of a dictionary stands where all records are, and how many texts there are then.
    pub(crate) fn set_counts_of_all(&mut self, dictionary: usize, mut counts: Vec<u32>, all: u32) {
        let elsewhere = self.dictionaries[dictionary].number(ELSEWHERE) as usize;
        let here: u32 = counts.iter().skip(1).sum();
        counts.resize(self.dictionaries[dictionary].len(), 0);
        counts[elsewhere] = all.saturating_sub(here);
        self.counts[dictionary] = counts;
    }
}

impl Unpacker {
    pub(crate) fn new(table: &Table) -> Self {
        Self { derived: vec![Vec::new(); table.places.len()], words: vec![0; table.stride], text: String::new() }
    }

    /// Adds the next record of `from`; nothing where the bytes are not one.
    pub(crate) fn push(&mut self, table: &mut Table, from: &mut &[u8]) -> Option<()> {
        let words = &mut self.words;
        words.fill(0);
        words[0] = u32::from(take(from, 1)?[0]);
        for c in 0..table.places.len() {
            let place = table.places[c];
            match &table.steps[c] {
                Step::Text(_) => {
                    let length = take_length(from)?;
                    let text = take(from, length)?;
                    words[place.offset] = table.dictionaries[place.dictionary].number_of(text);
                }
                Step::Digits(_) => set_digits(words, place, take(from, 8)?.try_into().ok().map(u64::from_le_bytes)?),
                Step::Date(_) => words[place.offset] = take_u32(from)?,
                Step::Derived(base, how) => {
                    let base = table.places[*base];
                    let number = words[base.offset];
                    let known = &mut self.derived[c];
                    if known.len() <= number as usize {
                        known.resize(number as usize + 1, UNKNOWN);
                    }
                    if known[number as usize] == UNKNOWN {
                        derive_text(how, table.dictionaries[base.dictionary].text(number), &mut self.text);
                        known[number as usize] = table.dictionaries[place.dictionary].number(&self.text);
                    }
                    words[place.offset] = known[number as usize];
                }
                Step::Same => {}
                Step::Row(base, how) => make_from_row(&table.places, words, c, *base, how),
                Step::Agrees(number, date, sex) => {
                    let sex = table.places[*sex];
                    let sex = table.dictionaries[sex.dictionary].bytes(words[sex.offset]);
                    words[place.offset] = agrees(words, table.places[*number], table.places[*date], sex);
                }
            }
        }
        table.words.extend_from_slice(words);
        Some(())
    }
}
