//! Every distinct text once, under a number. Number 0 is "nothing written".

use std::sync::OnceLock;

use hashbrown::HashTable;
use rayon::prelude::*;

use crate::measure::Sketch;
use crate::random::hash_bytes;

/// Texts by number, and numbers by text.
#[derive(Clone, Debug)]
pub struct Dictionary {
    bytes: Vec<u8>,
    /// Where text `i` ends in `bytes`; it starts where the one before ends.
    ends: Vec<usize>,
    /// Number of every text with half of its hash, which tells most texts apart without looking at them.
    numbers: HashTable<(u32, u32)>,
    /// The words of every text, where they are compared.
    words: Option<WordLists>,
    /// A sketch of every text, where somebody asked for them.
    sketches: OnceLock<Vec<Sketch>>,
}

/// The distinct words of every text (of a text with more than sixteen the first sixteen), as 64-bit hashes.
#[derive(Clone, Debug)]
struct WordLists {
    hashes: Vec<u64>,
    /// Where the list of text `i` ends.
    ends: Vec<usize>,
    /// One bit for every word of text `i`: lists without a bit in common have no word in common.
    masks: Vec<u64>,
}

impl WordLists {
    fn of(&self, number: u32) -> &[u64] {
        let number = number as usize;
        if number == 0 { &[] } else { &self.hashes[self.ends[number - 1]..self.ends[number]] }
    }

    fn add(&mut self, text: &[u8]) {
        let from = self.hashes.len();
        let mut mask = 0;
        for word in text.split(|b| *b == b' ').filter(|w| !w.is_empty()) {
            let hash = hash_bytes(word);
            if self.hashes.len() - from < 16 && !self.hashes[from..].contains(&hash) {
                self.hashes.push(hash);
                mask |= 1 << (hash >> 58);
            }
        }
        self.masks.push(mask);
        self.ends.push(self.hashes.len());
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0], numbers: HashTable::new(), words: None, sketches: OnceLock::new() }
    }
}

impl Dictionary {
    /// An empty one with room for what these hold.
    pub(crate) fn with_room_for<'d>(others: impl Iterator<Item = &'d Self>) -> Self {
        let (texts, bytes) = others.fold((0, 0), |(t, b), other| (t + other.len() - 1, b + other.bytes.len()));
        let mut room = Self { bytes: Vec::with_capacity(bytes), ..Self::default() };
        room.ends.reserve(texts);
        room.numbers.reserve(texts, |&(half, _)| whole(half));
        room
    }

    /// How many numbers are given out, number 0 among them.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether nothing but "nothing written" is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 1
    }

    /// The text of a number, as bytes of UTF-8; empty for 0.
    pub fn bytes(&self, number: u32) -> &[u8] {
        let number = number as usize;
        if number == 0 { &[] } else { &self.bytes[self.ends[number - 1]..self.ends[number]] }
    }

    /// The text of a number.
    pub fn text(&self, number: u32) -> &str {
        std::str::from_utf8(self.bytes(number)).unwrap_or_default()
    }

    /// Forgets all texts and keeps the room they took.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.bytes.clear();
        self.ends.truncate(1);
    }

    /// The texts by number only, none is looked up any more; what is left is empty and keeps the room for looking up.
    pub(crate) fn take(&mut self) -> Self {
        let taken = Self { bytes: self.bytes.as_slice().into(), ends: self.ends.as_slice().into(), ..Self::default() };
        self.clear();
        taken
    }

    /// Keeps the words of every text from now on.
    pub(crate) fn split_words(&mut self) {
        let mut words = WordLists { hashes: Vec::new(), ends: vec![0], masks: vec![0] };
        for number in 1..self.len() as u32 {
            words.add(self.bytes(number));
        }
        self.words = Some(words);
    }

    /// How many words two texts share, one of this dictionary and one of another, and how many the text has that has fewer; nothing
    /// where words are not kept.
    pub(crate) fn shared_words(&self, number: u32, others: &Self, other: u32) -> Option<(usize, usize)> {
        let (here, there) = (self.words.as_ref()?, others.words.as_ref()?);
        let (a, b) = (here.of(number), there.of(other));
        let apart = here.masks[number as usize] & there.masks[other as usize] == 0;
        Some((if apart { 0 } else { a.iter().filter(|w| b.contains(w)).count() }, a.len().min(b.len())))
    }

    /// Makes a sketch of every text, if there is none yet.
    pub(crate) fn make_sketches(&self) {
        self.sketches.get_or_init(|| {
            (0..self.len() as u32).into_par_iter().with_min_len(4096).map(|n| Sketch::of(self.bytes(n))).collect()
        });
    }

    /// The sketch of a text; nothing where none were made.
    pub(crate) fn sketch(&self, number: u32) -> Option<Sketch> {
        self.sketches.get().map(|sketches| sketches[number as usize])
    }

    /// The number of a text, given out if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        self.number_of(text.as_bytes())
    }

    /// The same for the bytes of a text.
    pub(crate) fn number_of(&mut self, text: &[u8]) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let half = half_hash(text);
        let (bytes, ends) = (&self.bytes, &self.ends);
        let at = |number: u32| &bytes[ends[number as usize - 1]..ends[number as usize]];
        if let Some((_, number)) = self.numbers.find(whole(half), |&(h, n)| h == half && at(n) == text) {
            return *number;
        }
        let number = ends.len() as u32;
        self.numbers.insert_unique(whole(half), (half, number), |&(h, _)| whole(h));
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        if let Some(words) = &mut self.words {
            words.add(text);
        }
        if let Some(sketches) = self.sketches.get_mut() {
            sketches.push(Sketch::of(text));
        }
        number
    }

    /// The number of a text that is already known.
    pub fn find(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(0);
        }
        let half = half_hash(text.as_bytes());
        let found = self.numbers.find(whole(half), |&(h, n)| h == half && self.bytes(n) == text.as_bytes());
        found.map(|(_, number)| *number)
    }

    /// Forgets every number from `len` on, so that a question leaves no trace.
    pub(crate) fn truncate(&mut self, len: usize) {
        while self.len() > len.max(1) {
            let number = (self.len() - 1) as u32;
            let hash = whole(half_hash(self.bytes(number)));
            if let Ok(entry) = self.numbers.find_entry(hash, |&(_, n)| n == number) {
                entry.remove();
            }
            self.ends.pop();
            self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
            if let Some(words) = &mut self.words {
                words.ends.pop();
                words.masks.pop();
                words.hashes.truncate(words.ends.last().copied().unwrap_or(0));
            }
            if let Some(sketches) = self.sketches.get_mut() {
                sketches.pop();
            }
        }
    }
}

fn half_hash(text: &[u8]) -> u32 {
    (hash_bytes(text) >> 32) as u32
}

/// Spreads half a hash over all the bits a table looks at.
fn whole(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn numbers_are_those_of_a_plain_map(texts in proptest::collection::vec("[ab]{0,3}", 0..60), keep in 1..8_usize) {
            let mut dictionary = Dictionary::default();
            let mut plain = HashMap::from([(String::new(), 0)]);
            for text in &texts {
                let next = plain.len() as u32;
                prop_assert_eq!(dictionary.number(text), *plain.entry(text.clone()).or_insert(next));
            }
            for (text, number) in &plain {
                prop_assert_eq!(dictionary.text(*number), text);
                prop_assert_eq!(dictionary.find(text), Some(*number));
            }
            dictionary.truncate(keep);
            for (text, number) in &plain {
                prop_assert_eq!(dictionary.find(text), (*number < keep as u32).then_some(*number));
            }
        }
    }
}
