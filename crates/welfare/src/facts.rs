//! What is known of a family when it is ranked; kept beside its line, so that the ranking can be repeated later.

use std::marker::PhantomData;

use domain::targeting::{Condition, Livelihood, MemberKind, Need};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A closed list of words, each with its own place.
pub trait Word: Copy + 'static {
    const ALL: &'static [Self];
    fn place(self) -> u32;
}

macro_rules! words {
    ($($name:ty),+) => {
        $(impl Word for $name {
            const ALL: &'static [Self] = <$name>::ALL;
            fn place(self) -> u32 {
                self as u32
            }
        })+
    };
}
words!(Need, Condition, Livelihood, MemberKind);

/// A set of words, in order. Written as a JSON array.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Set<W>(u16, PhantomData<W>);

impl<W> Clone for Set<W> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<W> Copy for Set<W> {}
impl<W> Default for Set<W> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<W: Word> Set<W> {
    pub fn insert(&mut self, word: W) {
        self.0 |= 1 << word.place();
    }

    pub fn remove(&mut self, word: W) {
        self.0 &= !(1 << word.place());
    }

    pub fn has(self, word: W) -> bool {
        self.0 & (1 << word.place()) != 0
    }

    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = W> {
        W::ALL.iter().copied().filter(move |word| self.has(*word))
    }
}

impl<W: Word> FromIterator<W> for Set<W> {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut set = Self::default();
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}

impl<W: Word + Serialize> Serialize for Set<W> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter())
    }
}

impl<'de, W: Word + Deserialize<'de>> Deserialize<'de> for Set<W> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Vec::<W>::deserialize(input)?.into_iter().collect())
    }
}

/// How many members of each kind. Written as a JSON array in the order of [`MemberKind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Members([u8; MemberKind::ALL.len()]);

impl Members {
    pub fn of(self, kind: MemberKind) -> u8 {
        self.0[kind.place() as usize]
    }

    pub fn set(&mut self, kind: MemberKind, count: i64) {
        self.0[kind.place() as usize] = u8::try_from(count.max(0)).unwrap_or(u8::MAX);
    }
}

/// The facts a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facts {
    /// Of the list, as it came; `None` when the list has none.
    pub desil: Option<u8>,
    /// Found unmet by the visit.
    #[serde(default)]
    pub needs: Set<Need>,
    #[serde(default)]
    pub members: Members,
    #[serde(default)]
    pub conditions: Set<Condition>,
    #[serde(default)]
    pub livelihoods: Set<Livelihood>,
    /// The day of the visit as a number: 20261102.
    pub visited_on: Option<u32>,
}

impl Facts {
    /// With so many members of a kind.
    #[must_use]
    pub fn with(mut self, kind: MemberKind, count: i64) -> Self {
        self.members.set(kind, count);
        self
    }
}
