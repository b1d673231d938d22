//! The life of a list version: put together, read, looked at, committed - or discarded. Committing is a person's decision.

use crate::words::closed_words;

closed_words! {
    /// Where a list version stands.
    VersionState {
        /// Files are being put together; what they are can still be overruled.
        Draft = "draft",
        /// Its files are being read, or wait for it.
        Reading = "reading",
        /// Read: findings and the difference are there, a person decides.
        Ready = "ready",
        /// Being brought into the registry.
        Committing = "committing",
        Committed = "committed",
        /// Being taken out of the registry again.
        Undoing = "undoing",
        /// Thrown away before it was committed; its files and rows are gone.
        Discarded = "discarded",
        /// Taken back after it was committed; its rows stay, and it can enter again.
        Undone = "undone",
    }
}

impl VersionState {
    /// The states that may follow. Reading and committing fall back when they are cancelled or fail.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Reading, Self::Discarded],
            Self::Reading => &[Self::Draft, Self::Ready, Self::Discarded],
            Self::Ready => &[Self::Reading, Self::Draft, Self::Committing, Self::Discarded],
            // one that failed goes back to where it came from
            Self::Committing => &[Self::Ready, Self::Undone, Self::Committed],
            Self::Committed => &[Self::Undoing],
            Self::Undoing => &[Self::Committed, Self::Undone],
            Self::Undone => &[Self::Committing],
            Self::Discarded => &[],
        }
    }

    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Its rows still count for something: the same file need not come again.
    pub const fn is_standing(self) -> bool {
        !matches!(self, Self::Discarded | Self::Undone)
    }
}

/// The label of a version as kept: letters, digits, `-`, `_` and `.`, at most twenty; upper case, quarters alike. `None`
/// when nothing fits.
pub fn version_label(text: &str) -> Option<String> {
    let label: String = text
        .trim()
        .chars()
        .map(|c| if c.is_whitespace() || c == '/' { '-' } else { c })
        .collect::<String>()
        .to_uppercase();
    let fits = !label.is_empty()
        && label.len() <= 20
        && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    fits.then(|| quarter(&label).unwrap_or(label))
}

/// `2026T3`, `2026-TW3`, `2026_Q3` (triwulan) as `2026Q3`, so that one version has one label.
fn quarter(label: &str) -> Option<String> {
    let (year, rest) = label.split_at_checked(4)?;
    let rest = rest.trim_start_matches(['-', '_', '.']);
    let number = ["TW", "T", "Q"].iter().find_map(|word| rest.strip_prefix(word))?;
    let number = number.trim_start_matches(['-', '_', '.']);
    let whole = year.bytes().all(|b| b.is_ascii_digit()) && matches!(number, "1" | "2" | "3" | "4");
    whole.then(|| format!("{year}Q{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committed_version_can_only_be_taken_back_and_enter_again() {
        assert_eq!(VersionState::Committed.next(), [VersionState::Undoing]);
        assert_eq!(VersionState::Undone.next(), [VersionState::Committing]);
        assert!(!VersionState::Draft.may_become(VersionState::Committed), "nothing is committed unread");
        for state in VersionState::ALL {
            assert!(!state.may_become(*state));
        }
    }

    #[test]
    fn a_label_is_short_and_plain() {
        assert_eq!(version_label(" 2026q3 ").as_deref(), Some("2026Q3"));
        for written in ["2026/T3", "2026-TW-3", "2026Q3", "2026 t3"] {
            assert_eq!(version_label(written).as_deref(), Some("2026Q3"), "{written}");
        }
        assert_eq!(version_label("2026/A").as_deref(), Some("2026-A"));
        for bad in ["", "   ", "2026 \"Q3\"", "versi ketiga tahun 2026 yang baru"] {
            assert_eq!(version_label(bad), None, "{bad}");
        }
    }
}
