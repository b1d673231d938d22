//! What the registry lacks of a family, or holds against itself: the words of the data-quality page and of the search.

use crate::words::closed_words;

closed_words! {
    /// Something to be mended. A family may lack several things.
    Lack {
        /// The village is not known: nobody can visit it.
        Village = "village",
        /// Nobody is known to head it.
        Head = "head",
        /// A member's NIK is not known.
        Nik = "nik",
        /// The KK number is not known.
        Kk = "kk",
        /// A member's day of birth is not known.
        Birth = "birth",
        /// A member's sex is not known.
        Sex = "sex",
        /// No list names its members.
        Members = "members",
        /// No list states its decile.
        Desil = "desil",
        /// The address is not known.
        Address = "address",
        /// It is said to have more or fewer members than are named.
        Count = "count",
        /// A member's sex is not the one his NIK tells of.
        NikSex = "nik_sex",
        /// A member's day of birth is not the one his NIK tells of.
        NikBirth = "nik_birth",
    }
}

impl Lack {
    /// Whether what is known contradicts itself; else something is not known.
    pub const fn is_contradiction(self) -> bool {
        matches!(self, Self::Count | Self::NikSex | Self::NikBirth)
    }
}
