//! Records, packed: every record a row of 32-bit words, texts as numbers of dictionaries, so that comparing two records touches
//! two short stretches of memory and little else.
//!
//! A table is read in chunks ([`Builder::chunk`]), which may be filled on several threads, and put together by
//! [`Builder::finish`]. Rows keep the order of the chunks. Word 0 of a row is the number of its source list.

use rayon::prelude::*;

use crate::dictionary::Dictionary;
use crate::schema::{Derive, Kind, Origin, Schema, SchemaError};
use crate::standard::{self, Read, TextReader, date, name, number};

pub(crate) mod packed;

/// Stands for all texts that are counted and not kept.
const ELSEWHERE: &str = "\u{0}";

/// Where a column stands in a row, and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it holds.
    pub kind: Kind,
    /// First word; digits take two (low, high), everything else one.
    pub offset: usize,
    /// Which dictionary, for texts and words.
    pub dictionary: usize,
}

/// All records.
#[derive(Clone, Debug)]
pub struct Table {
    schema: Schema,
    places: Vec<Place>,
    steps: Vec<Step>,
    stride: usize,
    words: Vec<u32>,
    dictionaries: Vec<Dictionary>,
    /// How often each number of a dictionary stands in its column; not counted for rows added later.
    counts: Vec<Vec<u32>>,
}

/// How a column gets its words.
#[derive(Clone, Debug)]
enum Step {
    Text(Vec<(usize, TextReader)>),
    Digits(Vec<(usize, standard::NumberRules)>),
    Date(Vec<(usize, DateReader)>),
    /// From the text of another column.
    Derived(usize, Derive),
    /// Shares the words of another column.
    Same,
    /// From the words of the row itself.
    Row(usize, Derive),
    /// Whether a number of the row agrees with its date and sex: columns of the number, the date and the sex.
    Agrees(usize, usize, usize),
}

#[derive(Clone, Copy, Debug)]
enum DateReader {
    Plain,
    InNik(u8),
}

impl DateReader {
    fn read(self, raw: &str) -> u32 {
        match self {
            Self::Plain => date::read(raw),
            Self::InNik(latest) => standard::birth_in_nik(raw, latest),
        }
    }
}

/// Reads records into a [`Table`].
#[derive(Clone, Debug)]
pub struct Builder {
    schema: Schema,
    places: Vec<Place>,
    steps: Vec<Step>,
    stride: usize,
    dictionaries: usize,
}

/// A run of records on their way into a table.
#[derive(Debug)]
pub struct Chunk<'b> {
    builder: &'b Builder,
    sources: Vec<u8>,
    columns: Vec<ChunkColumn>,
    /// For every field, in how many records a number or date was written that could not be used.
    unused: Vec<u64>,
    scratch: String,
}

#[derive(Debug)]
enum ChunkColumn {
    /// Per field read: what was written -> number of what it means; then the number of each row.
    Text {
        raw: Vec<Written>,
        meant: Box<Dictionary>,
        rows: Vec<u32>,
    },
    Digits(Vec<u64>),
    Date(Vec<u32>),
    None,
}

/// What was written in a field, and the number of what it means.
#[derive(Debug)]
struct Written {
    texts: Dictionary,
    meant: Vec<u32>,
    /// Nearly every row writes something else: remembering what was written is in vain.
    in_vain: bool,
}

impl Written {
    fn new() -> Self {
        Self { texts: Dictionary::default(), meant: vec![0], in_vain: false }
    }
}

impl Builder {
    /// Makes ready to read records of this schema.
    pub fn new(schema: &Schema) -> Result<Self, SchemaError> {
        let kinds = schema.kinds()?;
        let names = schema.field_names();
        let at = |field: &str| names.iter().position(|n| *n == field).unwrap_or_default();
        let mut places: Vec<Place> = Vec::new();
        let mut steps = Vec::new();
        let mut stride = 1;
        let mut dictionaries = 0;
        for (column, kind) in schema.columns.iter().zip(kinds) {
            let step = match &column.origin {
                Origin::Fields(fields) => match kind {
                    Kind::Digits => Step::Digits(
                        fields
                            .iter()
                            .filter_map(|(f, r)| if let Read::Digits(rules) = r { Some((at(f), *rules)) } else { None })
                            .collect(),
                    ),
                    Kind::Date => Step::Date(
                        fields
                            .iter()
                            .map(|(f, r)| match r {
                                Read::BirthInNik { latest } => (at(f), DateReader::InNik(*latest)),
                                _ => (at(f), DateReader::Plain),
                            })
                            .collect(),
                    ),
                    _ => {
                        Step::Text(fields.iter().filter_map(|(f, r)| TextReader::new(r).map(|r| (at(f), r))).collect())
                    }
                },
                Origin::Derived(from, how) => {
                    let from = schema.index(from).unwrap_or_default();
                    match (how, kind) {
                        (Derive::Words, _) => {
                            places.push(Place { kind, ..places[from] });
                            steps.push(Step::Same);
                            continue;
                        }
                        (Derive::NikAgrees { date, sex }, _) => {
                            let column = |name: &str| schema.index(name).unwrap_or_default();
                            Step::Agrees(from, column(date), column(sex))
                        }
                        (_, Kind::Text) => Step::Derived(from, how.clone()),
                        _ => Step::Row(from, how.clone()),
                    }
                }
            };
            let dictionary = if kind == Kind::Text {
                dictionaries += 1;
                dictionaries - 1
            } else {
                usize::MAX
            };
            places.push(Place { kind, offset: stride, dictionary });
            steps.push(step);
            stride += if kind == Kind::Digits { 2 } else { 1 };
        }
        Ok(Self { schema: schema.clone(), places, steps, stride, dictionaries })
    }

    /// An empty chunk.
    pub fn chunk(&self) -> Chunk<'_> {
        let columns = self
            .steps
            .iter()
            .map(|step| match step {
                Step::Text(fields) => ChunkColumn::Text {
                    raw: fields.iter().map(|_| Written::new()).collect(),
                    meant: Box::default(),
                    rows: Vec::new(),
                },
                Step::Digits(_) => ChunkColumn::Digits(Vec::new()),
                Step::Date(_) => ChunkColumn::Date(Vec::new()),
                _ => ChunkColumn::None,
            })
            .collect();
        let unused = vec![0; self.schema.field_names().len()];
        Chunk { builder: self, sources: Vec::new(), columns, unused, scratch: String::new() }
    }

    /// Puts chunks together, in their order.
    pub fn finish(self, chunks: Vec<Chunk<'_>>) -> Table {
        struct Part {
            sources: Vec<u8>,
            columns: Vec<ChunkColumn>,
        }
        let mut parts: Vec<Part> =
            chunks.into_iter().map(|c| Part { sources: c.sources, columns: c.columns }).collect();
        let rows: usize = parts.iter().map(|p| p.sources.len()).sum();
        // one dictionary per text column, and for each chunk the way from its own numbers to those
        let merged: Vec<(Dictionary, Vec<Vec<u32>>)> = (0..self.places.len())
            .into_par_iter()
            .map(|c| {
                let own = parts.iter().filter_map(|part| match &part.columns[c] {
                    ChunkColumn::Text { meant, .. } => Some(&**meant),
                    _ => None,
                });
                let mut all = Dictionary::with_room_for(own);
                let maps = parts
                    .iter()
                    .map(|part| match &part.columns[c] {
                        ChunkColumn::Text { meant, .. } => {
                            (0..meant.len() as u32).map(|n| all.number_of(meant.bytes(n))).collect()
                        }
                        _ => Vec::new(),
                    })
                    .collect();
                (all, maps)
            })
            .collect();
        for part in &mut parts {
            for column in &mut part.columns {
                if let ChunkColumn::Text { raw, meant, .. } = column {
                    *raw = Vec::new();
                    **meant = Dictionary::default();
                }
            }
        }
        let (mut per_column, maps): (Vec<Dictionary>, Vec<Vec<Vec<u32>>>) = merged.into_iter().unzip();
        // derived texts: once for every distinct text they are made from
        let mut derived: Vec<Vec<u32>> = vec![Vec::new(); self.places.len()];
        for (c, step) in self.steps.iter().enumerate() {
            if let Step::Derived(from, how) = step {
                let (made, map) = derive_all(&per_column[*from], how);
                per_column[c] = made;
                derived[c] = map;
            }
            if let Step::Agrees(..) = step {
                per_column[c].number("Y");
                per_column[c].number("N");
            }
        }
        let mut counts = self.count_texts(&per_column, &derived, |c, count| {
            for (part, map) in parts.iter().zip(&maps[c]) {
                if let ChunkColumn::Text { rows, .. } = &part.columns[c] {
                    for n in rows {
                        count[map[*n as usize] as usize] += 1;
                    }
                }
            }
        });
        let mut words = vec![0_u32; rows * self.stride];
        let mut rest = words.as_mut_slice();
        let mut slices = Vec::new();
        for part in &parts {
            let (mine, other) = rest.split_at_mut(part.sources.len() * self.stride);
            slices.push(mine);
            rest = other;
        }
        slices.into_par_iter().zip(parts).enumerate().for_each(|(p, (slice, part))| {
            for (i, row) in slice.chunks_exact_mut(self.stride).enumerate() {
                row[0] = u32::from(part.sources[i]);
                for (c, place) in self.places.iter().enumerate() {
                    match &part.columns[c] {
                        ChunkColumn::Text { rows, .. } => row[place.offset] = maps[c][p][rows[i] as usize],
                        ChunkColumn::Digits(values) => set_digits(row, *place, values[i]),
                        ChunkColumn::Date(values) => row[place.offset] = values[i],
                        ChunkColumn::None => match &self.steps[c] {
                            Step::Derived(from, _) => {
                                row[place.offset] = derived[c][row[self.places[*from].offset] as usize];
                            }
                            Step::Row(from, how) => make_from_row(&self.places, row, c, *from, how),
                            Step::Agrees(number, date, sex) => {
                                let sex_text = per_column[*sex].bytes(row[self.places[*sex].offset]);
                                row[place.offset] = agrees(row, self.places[*number], self.places[*date], sex_text);
                            }
                            _ => {}
                        },
                    }
                }
            }
        });
        for (c, place) in self.places.iter().enumerate() {
            if let Step::Agrees(..) = self.steps[c] {
                words.chunks_exact(self.stride).for_each(|row| counts[c][row[place.offset] as usize] += 1);
            }
        }
        let counts =
            counts.into_iter().zip(&self.places).filter(|(_, p)| p.kind == Kind::Text).map(|(c, _)| c).collect();
        let split: Vec<usize> = self.places.iter().filter(|p| p.kind == Kind::Words).map(|p| p.dictionary).collect();
        per_column
            .par_iter_mut()
            .zip(&self.places)
            .filter(|(_, place)| place.kind == Kind::Text && split.contains(&place.dictionary))
            .for_each(|(dictionary, _)| dictionary.split_words());
        let dictionaries: Vec<Dictionary> = per_column
            .into_iter()
            .zip(&self.places)
            .filter(|(_, place)| place.kind == Kind::Text)
            .map(|(dictionary, _)| dictionary)
            .collect();
        debug_assert_eq!(dictionaries.len(), self.dictionaries);
        Table {
            schema: self.schema,
            places: self.places,
            steps: self.steps,
            stride: self.stride,
            words,
            dictionaries,
            counts,
        }
    }

    /// For every column how often each of its texts stands in it: `count` counts the texts that were read, those made of them
    /// stand as often as they do.
    fn count_texts(
        &self,
        dictionaries: &[Dictionary],
        derived: &[Vec<u32>],
        count: impl Fn(usize, &mut [u32]) + Sync,
    ) -> Vec<Vec<u32>> {
        let mut counts: Vec<Vec<u32>> = (0..self.places.len())
            .into_par_iter()
            .map(|c| {
                let mut counts = vec![0; if self.places[c].kind == Kind::Text { dictionaries[c].len() } else { 0 }];
                count(c, &mut counts);
                counts
            })
            .collect();
        for (c, step) in self.steps.iter().enumerate() {
            if let Step::Derived(from, _) = step {
                let mut made = std::mem::take(&mut counts[c]);
                derived[c].iter().zip(&counts[*from]).for_each(|(n, count)| made[*n as usize] += count);
                counts[c] = made;
            }
        }
        counts
    }
}

/// What a list holds, in just the room it needs; the list is empty then and keeps its own.
fn emptied<T: Copy>(list: &mut Vec<T>) -> Vec<T> {
    let all = list.as_slice().to_vec();
    list.clear();
    all
}

/// A column made from words of the same row.
fn make_from_row(places: &[Place], row: &mut [u32], c: usize, from: usize, how: &Derive) {
    let base = row[places[from].offset];
    let at = places[c].offset;
    match how {
        Derive::Swapped => row[at] = date::swapped(base),
        Derive::Year => row[at] = base >> 16,
        Derive::MonthDay => row[at] = base & 0xFFFF,
        Derive::Part { from: first, len } => {
            let value = number::part(digits(row, places[from]), *first, *len);
            set_digits(row, places[c], value);
        }
        _ => {}
    }
}

/// Whether a NIK agrees with date of birth and sex: 1 ("Y"), 2 ("N"), 0 where it cannot be said.
fn agrees(row: &[u32], number: Place, date: Place, sex: &[u8]) -> u32 {
    let own = row[date.offset];
    match number::birth(digits(row, number)) {
        Some((yy, mm, dd, woman)) if own != 0 => {
            let (y, m, d) = date::parts(own);
            let sexes = (sex == b"L" && woman) || (sex == b"P" && !woman);
            // the two words stand in the dictionary in this order
            if y % 100 == yy && m == mm && d == dd && !sexes { 1 } else { 2 }
        }
        _ => 0,
    }
}

/// What is made of every text of a dictionary, and for each text its number.
fn derive_all(base: &Dictionary, how: &Derive) -> (Dictionary, Vec<u32>) {
    let parts: Vec<(Dictionary, Vec<u32>)> = (0..base.len() as u32)
        .collect::<Vec<_>>()
        .par_chunks(32_768)
        .map(|numbers| {
            let (mut made, mut out) = (Dictionary::default(), String::new());
            let map = numbers.iter().map(|n| {
                derive_text(how, base.text(*n), &mut out);
                made.number(&out)
            });
            let map = map.collect();
            (made, map)
        })
        .collect();
    let mut all = Dictionary::default();
    let mut map = Vec::with_capacity(base.len());
    for (part, numbers) in parts {
        let known: Vec<u32> = (0..part.len() as u32).map(|n| all.number_of(part.bytes(n))).collect();
        map.extend(numbers.iter().map(|n| known[*n as usize]));
    }
    (all, map)
}

/// A text made from a text.
fn derive_text(how: &Derive, text: &str, out: &mut String) {
    match how {
        Derive::SpellingKey => name::spelling_key(text, out),
        Derive::FirstWord => {
            out.clear();
            out.push_str(text.split(' ').next().unwrap_or_default());
        }
        Derive::Part { from, len } => {
            out.clear();
            out.extend(text.chars().skip(from.saturating_sub(1) as usize).take(*len as usize));
        }
        Derive::Upper => *out = text.to_uppercase(),
        Derive::Lower => *out = text.to_lowercase(),
        _ => out.clear(),
    }
}

fn digits(row: &[u32], place: Place) -> u64 {
    u64::from(row[place.offset]) | u64::from(row[place.offset + 1]) << 32
}

fn set_digits(row: &mut [u32], place: Place, value: u64) {
    row[place.offset] = value as u32;
    row[place.offset + 1] = (value >> 32) as u32;
}

impl Chunk<'_> {
    /// The records added so far, without what is needed only while records are added: for chunks that wait for others. What is left
    /// is empty and keeps its room, for fresh memory costs more than what is done with it.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let columns = self.columns.iter_mut().map(|column| match column {
            ChunkColumn::Text { raw, meant, rows } => {
                for written in raw {
                    written.texts.clear();
                    written.meant.truncate(1);
                }
                ChunkColumn::Text { raw: Vec::new(), meant: Box::new(meant.take()), rows: emptied(rows) }
            }
            ChunkColumn::Digits(values) => ChunkColumn::Digits(emptied(values)),
            ChunkColumn::Date(values) => ChunkColumn::Date(emptied(values)),
            ChunkColumn::None => ChunkColumn::None,
        });
        Self {
            builder: self.builder,
            columns: columns.collect(),
            sources: emptied(&mut self.sources),
            unused: std::mem::replace(&mut self.unused, vec![0; self.builder.schema.field_names().len()]),
            scratch: String::new(),
        }
    }

    /// For every field, in the order of [`Schema::field_names`], in how many records something was written that is no usable number or
    /// date: cut short, in scientific form, made up of one digit. Fields read as texts are not counted.
    pub fn unused(&self) -> &[u64] {
        &self.unused
    }

    /// Adds a record. `fields` in the order of [`Schema::field_names`]; a field that is missing counts as empty.
    pub fn push(&mut self, source: u8, fields: &[&str]) {
        self.sources.push(source);
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        for (column, step) in self.columns.iter_mut().zip(&self.builder.steps) {
            match (column, step) {
                (ChunkColumn::Text { raw, meant, rows }, Step::Text(readers)) => {
                    let mut number = 0;
                    for ((at, reader), written) in readers.iter().zip(raw) {
                        if written.in_vain {
                            reader.read(field(*at), &mut self.scratch);
                            number = meant.number(&self.scratch);
                        } else {
                            let seen = written.texts.number(field(*at)) as usize;
                            if seen == written.meant.len() {
                                reader.read(field(*at), &mut self.scratch);
                                written.meant.push(meant.number(&self.scratch));
                            }
                            number = written.meant[seen];
                            written.in_vain = rows.len() > 4096 && seen > rows.len() / 2;
                        }
                        if number != 0 {
                            break;
                        }
                    }
                    rows.push(number);
                }
                (ChunkColumn::Digits(values), Step::Digits(readers)) => {
                    let value = readers.iter().map(|(at, rules)| number::read(field(*at), *rules)).find(|n| *n != 0);
                    if let (None, [(at, _)]) = (value, readers.as_slice()) {
                        self.unused[*at] += u64::from(!field(*at).trim().is_empty());
                    }
                    values.push(value.unwrap_or(0));
                }
                (ChunkColumn::Date(values), Step::Date(readers)) => {
                    let value = readers.iter().map(|(at, reader)| reader.read(field(*at))).find(|d| *d != 0);
                    if let (None, [(at, DateReader::Plain)]) = (value, readers.as_slice()) {
                        self.unused[*at] += u64::from(!field(*at).trim().is_empty());
                    }
                    values.push(value.unwrap_or(0));
                }
                _ => {}
            }
        }
    }
}

impl Table {
    /// Reads all records at once: `(source, fields in the order of Schema::field_names)`.
    pub fn read<'f>(
        schema: &Schema,
        records: impl IntoIterator<Item = (u8, Vec<&'f str>)>,
    ) -> Result<Self, SchemaError> {
        let builder = Builder::new(schema)?;
        let mut chunk = builder.chunk();
        for (source, fields) in records {
            chunk.push(source, &fields);
        }
        let chunks = vec![chunk];
        Ok(builder.clone().finish(chunks))
    }

    /// The columns.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many records.
    pub fn len(&self) -> usize {
        self.words.len() / self.stride
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Words per row.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// The words of a row.
    pub fn row(&self, row: usize) -> &[u32] {
        &self.words[row * self.stride..(row + 1) * self.stride]
    }

    /// All words, row after row.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// The source list of a row.
    pub fn source(&self, row: usize) -> u8 {
        self.words[row * self.stride] as u8
    }

    /// Where a column stands.
    pub fn place(&self, column: &str) -> Option<Place> {
        self.schema.index(column).map(|i| self.places[i])
    }

    /// A dictionary, by the number in a [`Place`].
    pub fn dictionary(&self, index: usize) -> &Dictionary {
        &self.dictionaries[index]
    }

    /// How often each text of a dictionary stands in its column; index 0 counts the rows without one.
    pub fn counts(&self, index: usize) -> &[u32] {
        &self.counts[index]
    }

    /// The value of a column as text; empty for nothing.
    pub fn text(&self, row: usize, column: &str) -> String {
        self.place(column).map(|place| self.text_at(self.row(row), place)).unwrap_or_default()
    }

    pub(crate) fn text_at(&self, row: &[u32], place: Place) -> String {
        let word = row[place.offset];
        match place.kind {
            Kind::Text | Kind::Words => self.dictionaries[place.dictionary].text(word).to_owned(),
            Kind::Digits => number::text(digits(row, place)),
            Kind::Date => date::text(word),
            Kind::Year | Kind::MonthDay if word == 0 => String::new(),
            Kind::Year => format!("{word:04x}"),
            Kind::MonthDay => format!("{:02x}-{:02x}", word >> 8, word & 0xFF),
        }
    }

    /// The word or words of a value given as text, for comparing with a constant.
    pub(crate) fn word_of(&self, place: Place, text: &str) -> Option<u64> {
        match place.kind {
            Kind::Text => self.dictionaries[place.dictionary].find(text).map(u64::from),
            Kind::Words => None,
            Kind::Digits => number::literal(text),
            Kind::Date => Some(u64::from(date::read(text))).filter(|n| *n != 0),
            Kind::Year => u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 4),
            Kind::MonthDay => text.split_once('-').and_then(|(m, d)| u64::from_str_radix(&format!("{m}{d}"), 16).ok()),
        }
    }

    /// Adds one record at the end and returns its row. Term counts are left as they were.
    pub fn push(&mut self, source: u8, fields: &[&str]) -> usize {
        let row = self.len();
        let mut words = vec![0_u32; self.stride];
        words[0] = u32::from(source);
        let mut out = String::new();
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        for c in 0..self.places.len() {
            let place = self.places[c];
            match &self.steps[c] {
                Step::Text(readers) => {
                    for (at, reader) in readers {
                        reader.read(field(*at), &mut out);
                        if !out.is_empty() {
                            break;
                        }
                    }
                    words[place.offset] = self.dictionaries[place.dictionary].number(&out);
                }
                Step::Digits(readers) => {
                    let value = readers.iter().map(|(at, rules)| number::read(field(*at), *rules)).find(|n| *n != 0);
                    set_digits(&mut words, place, value.unwrap_or(0));
                }
                Step::Date(readers) => {
                    let value = readers.iter().map(|(at, reader)| reader.read(field(*at))).find(|d| *d != 0);
                    words[place.offset] = value.unwrap_or(0);
                }
                Step::Derived(from, how) => {
                    let base = self.places[*from];
                    derive_text(how, self.dictionaries[base.dictionary].text(words[base.offset]), &mut out);
                    words[place.offset] = self.dictionaries[place.dictionary].number(&out);
                }
                Step::Same => {}
                Step::Row(from, how) => make_from_row(&self.places, &mut words, c, *from, how),
                Step::Agrees(number, date, sex) => {
                    let sex = self.places[*sex];
                    let sex = self.dictionaries[sex.dictionary].bytes(words[sex.offset]);
                    words[place.offset] = agrees(&words, self.places[*number], self.places[*date], sex);
                }
            }
        }
        self.words.extend_from_slice(&words);
        row
    }

    /// Which dictionary each text column has, with the row's word that is its number.
    pub(crate) fn text_places(&self) -> impl Iterator<Item = Place> + '_ {
        self.places.iter().copied().filter(|place| place.kind == Kind::Text)
    }

    /// Sets how often each text of a dictionary stands, where that was counted elsewhere. `others`: texts that are not here.
    pub(crate) fn set_counts(&mut self, dictionary: usize, count: impl Fn(&[u8]) -> u32, others: u32) {
        let texts = &mut self.dictionaries[dictionary];
        // nobody bears this text: it stands for everybody whose own is not here
        texts.number(ELSEWHERE);
        let elsewhere = texts.find(ELSEWHERE).unwrap_or_default();
        self.counts[dictionary] =
            (0..texts.len() as u32).map(|n| if n == elsewhere { others } else { count(texts.bytes(n)) }).collect();
    }

    /// The size of every dictionary, to come back to with [`Table::restore`].
    pub(crate) fn mark(&self) -> (usize, Vec<usize>) {
        (self.len(), self.dictionaries.iter().map(Dictionary::len).collect())
    }

    /// Forgets rows and texts added since [`Table::mark`].
    pub(crate) fn restore(&mut self, mark: &(usize, Vec<usize>)) {
        self.words.truncate(mark.0 * self.stride);
        for (dictionary, len) in self.dictionaries.iter_mut().zip(&mark.1) {
            dictionary.truncate(*len);
        }
    }
}
