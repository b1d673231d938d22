//! Words of the comparison of two list versions: why families left, how others came, which group a family is shown in.
//!
//! The reasons are exclusive: each is asked in the order below, and the first that holds is the reason. So they add up.

use crate::words::closed_words;

closed_words! {
    /// Why a family of the older version stands no more in the newer one.
    Leaving {
        /// The registry knows it as deceased.
        Deceased = "deceased",
        /// The registry knows that it moved out of the district.
        Moved = "moved",
        /// The registry knows that it is a family no more.
        Dissolved = "dissolved",
        /// Somebody of it stands in the newer version, in another family.
        Joined = "joined",
        /// A visit found it not poor, or the village deliberation took it off.
        Unfit = "unfit",
        /// Another list of a later date puts it in a higher decile.
        Better = "better",
        /// Its decile was above every decile that the newer version lists.
        Beyond = "beyond",
        /// Nothing known explains it.
        Unknown = "unknown",
    }
}

closed_words! {
    /// How a family came into the newer version that did not stand in the older one.
    Joining {
        /// It stood in a still older version of the same source: it is back.
        Returned = "returned",
        /// Somebody of it stood in the older version, in another family.
        Split = "split",
        /// It was known from another committed list.
        Known = "known",
        /// No list named it before.
        First = "first",
    }
}

closed_words! {
    /// The families of a comparison that can be listed. Gone and new exclude each other and the rest; unchanged and changed
    /// exclude each other; the others are ways to change, and a family may be in several of them.
    Group {
        Gone = "gone",
        New = "new",
        Unchanged = "unchanged",
        Changed = "changed",
        /// Another village, both villages known.
        Moved = "moved",
        /// A higher national decile: better off.
        Up = "up",
        /// A lower national decile: worse off.
        Down = "down",
        /// Another person is head.
        Head = "head",
        /// Another number of members.
        Members = "members",
        /// Another address, RT or RW; both versions say one.
        Address = "address",
        /// In both, but not in a version of the same source between them.
        Back = "back",
        /// Left the area looked at for another one, still in the list.
        Out = "out",
        /// Came into the area looked at from another one.
        Into = "into",
    }
}

impl Group {
    /// The groups of families that stand in both versions.
    pub const fn is_of_both(self) -> bool {
        !matches!(self, Self::Gone | Self::New)
    }
}
