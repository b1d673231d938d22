//! Every distinct text once, under a number. Number 0 is "nothing written".

use hashbrown::HashTable;

use crate::random::hash_bytes;

/// Texts by number, and numbers by text.
#[derive(Clone, Debug)]
pub struct Dictionary {
    bytes: Vec<u8>,
    /// Where text `i` ends in `bytes`; it starts where the one before ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0], numbers: HashTable::new() }
    }
}

impl Dictionary {
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

    /// The number of a text, given out if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = hash_bytes(text.as_bytes());
        let (bytes, ends) = (&self.bytes, &self.ends);
        let at = |number: u32| &bytes[ends[number as usize - 1]..ends[number as usize]];
        if let Some(number) = self.numbers.find(hash, |&n| at(n) == text.as_bytes()) {
            return *number;
        }
        let number = ends.len() as u32;
        self.numbers.insert_unique(hash, number, |&n| hash_bytes(at(n)));
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len());
        number
    }

    /// The number of a text that is already known.
    pub fn find(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(0);
        }
        self.numbers.find(hash_bytes(text.as_bytes()), |&n| self.bytes(n) == text.as_bytes()).copied()
    }

    /// Forgets every number from `len` on, so that a question leaves no trace.
    pub(crate) fn truncate(&mut self, len: usize) {
        while self.len() > len.max(1) {
            let number = (self.len() - 1) as u32;
            let hash = hash_bytes(self.bytes(number));
            if let Ok(entry) = self.numbers.find_entry(hash, |&n| n == number) {
                entry.remove();
            }
            self.ends.pop();
            self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }
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
