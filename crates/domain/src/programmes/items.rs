//! What a parcel holds: names, quantities, prices.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::{Rupiah, grouped};

/// A quantity in thousandths of its unit: 7.5 kg is 7,500. Whole numbers of the smallest part, as with money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// Reads `12`, `7,5`, `1.500`, `1.500,25`: dots group by three, the comma is the decimal sign, three places at most.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once(',').unwrap_or((text, ""));
        let whole = Rupiah::parse(whole).filter(|n| n.0 >= 0 && !whole.starts_with(['R', 'r']))?.0;
        if part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) || (text.contains(',') && part.is_empty()) {
            return None;
        }
        let part: i64 = format!("{part:0<3}").parse().ok()?;
        whole.checked_mul(1_000)?.checked_add(part).map(Self)
    }
}

impl fmt::Display for Quantity {
    /// `7,5`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(self.0 / 1_000, '.'))?;
        let part = format!("{:03}", self.0 % 1_000);
        let part = part.trim_end_matches('0');
        if part.is_empty() { Ok(()) } else { write!(f, ",{part}") }
    }
}

/// One thing in the parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub name: String,
    pub quantity: Quantity,
    pub unit: String,
    /// Of one unit.
    pub price: Rupiah,
}

impl Item {
    /// Quantity times price, to the nearest rupiah (half upwards); what no `i64` holds counts as the largest one, which
    /// no ceiling admits.
    pub fn amount(&self) -> Rupiah {
        let thousandths = i128::from(self.quantity.0) * i128::from(self.price.0);
        Rupiah(i64::try_from((thousandths + 500).div_euclid(1_000)).unwrap_or(i64::MAX / 1_000))
    }

    pub fn is_complete(&self) -> bool {
        !self.name.trim().is_empty() && !self.unit.trim().is_empty() && self.quantity.0 > 0 && self.price > Rupiah::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_read_and_print_as_offices_write_them() {
        for (text, thousandths, printed) in
            [("12", 12_000, "12"), ("7,5", 7_500, "7,5"), ("0,125", 125, "0,125"), ("1.500,25", 1_500_250, "1.500,25")]
        {
            assert_eq!(Quantity::parse(text), Some(Quantity(thousandths)), "{text}");
            assert_eq!(Quantity(thousandths).to_string(), printed);
        }
        for text in ["", "7,", "1,2345", "-3", "7.5", "Rp12", "x"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn half_a_rupiah_rounds_upwards() {
        let item = |quantity, price| Item {
            name: "x".into(),
            quantity: Quantity(quantity),
            unit: "kg".into(),
            price: Rupiah(price),
        };
        assert_eq!(item(1_500, 3).amount(), Rupiah(5));
        assert_eq!(item(7_500, 30_000).amount(), Rupiah(225_000));
    }
}
