//! Forms: what was typed stays, each fault stands at its field and in the summary on top.

use std::collections::BTreeMap;

use crate::{error::Rule, i18n::Lang};

/// What was typed, by field name, and the faults found in it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    faults: Vec<(String, String)>,
}

impl Form {
    /// From the fields of a request, in order; a field may come several times.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            form.values.entry(name).or_default().push(value);
        }
        form
    }

    /// Sets the value a field starts with.
    pub fn set(&mut self, field: &str, value: impl std::fmt::Display) -> &mut Self {
        self.values.insert(field.to_owned(), vec![value.to_string()]);
        self
    }

    /// Sets the values a group of check boxes starts with.
    pub fn set_all<T: ToString>(&mut self, field: &str, values: impl IntoIterator<Item = T>) -> &mut Self {
        self.values.insert(field.to_owned(), values.into_iter().map(|value| value.to_string()).collect());
        self
    }

    /// The trimmed text of a field; empty when it did not come.
    pub fn text(&self, field: &str) -> &str {
        self.values.get(field).and_then(|v| v.first()).map_or("", |v| v.trim())
    }

    /// The text of a field, `None` when empty.
    pub fn some(&self, field: &str) -> Option<&str> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    pub fn all(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// For check boxes: whether `value` was ticked.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).iter().any(|v| v == value)
    }

    pub fn fields(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.values.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    pub fn fault(&mut self, field: &str, message: impl std::fmt::Display) {
        self.faults.push((field.to_owned(), message.to_string()));
    }

    /// A broken rule that belongs to a field.
    pub fn broken(&mut self, field: &str, rule: &Rule, lang: Lang) {
        self.fault(field, rule.message(lang));
    }

    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    pub fn faults(&self) -> &[(String, String)] {
        &self.faults
    }

    /// The fault of a field, for the place beside it.
    pub fn fault_of(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|(name, _)| name == field).map(|(_, message)| message.as_str())
    }

    /// The text of a field that must be filled; a fault otherwise.
    pub fn required(&mut self, field: &str, lang: Lang) -> String {
        let text = self.text(field).to_owned();
        if text.is_empty() {
            self.fault(field, lang.t("form-required"));
        }
        text
    }

    /// A whole number within a range; a fault otherwise, and `None` when empty.
    pub fn number(&mut self, field: &str, range: std::ops::RangeInclusive<i64>, lang: Lang) -> Option<i64> {
        let text = self.some(field)?.replace(['.', ' '], "");
        match text.parse::<i64>() {
            Ok(number) if range.contains(&number) => Some(number),
            _ => {
                self.fault(field, lang.msg("form-number-range").n("least", *range.start()).n("most", *range.end()));
                None
            }
        }
    }

    /// Rupiah as officials type it; a fault otherwise, and `None` when empty.
    pub fn rupiah(&mut self, field: &str, lang: Lang) -> Option<domain::Rupiah> {
        let typed = self.some(field)?.to_owned();
        // an English page groups by commas, and takes what it shows
        let shown = if lang.is_english() && !typed.contains('.') { typed.replace(',', ".") } else { String::new() };
        let amount =
            domain::Rupiah::parse(&typed).or_else(|| domain::Rupiah::parse(&shown)).filter(|amount| amount.0 >= 0);
        if amount.is_none() {
            self.fault(field, lang.t("form-rupiah"));
        }
        amount
    }

    /// A date as people type it, the day first; a fault otherwise, and `None` when empty.
    pub fn date(&mut self, field: &str, lang: Lang) -> Option<chrono::NaiveDate> {
        let date = domain::calendar::typed_date(self.some(field)?);
        if date.is_none() {
            self.fault(field, lang.t("form-date"));
        }
        date
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Form {
    type Rejection = crate::AppError;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Self::Rejection> {
        let axum::Form(pairs) = axum::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|e| crate::AppError::BadRequest(e.to_string()))?;
        Ok(Self::from_pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn a_date_that_cannot_be_read_is_a_fault_and_empty_is_none() {
        assert_eq!(form(&[("on", "1/2/2026")]).date("on", Lang::Id), chrono::NaiveDate::from_ymd_opt(2026, 2, 1));
        let mut bad = form(&[("on", "31/2/2026"), ("until", "")]);
        assert_eq!((bad.date("on", Lang::Id), bad.date("until", Lang::Id)), (None, None));
        assert!(bad.fault_of("on").is_some() && bad.fault_of("until").is_none());
    }

    #[test]
    fn an_amount_is_taken_as_the_page_shows_amounts() {
        let amount = |text: &str, lang| form(&[("a", text)]).rupiah("a", lang).map(|amount| amount.0);
        assert_eq!(amount("1.500.000", Lang::Id), Some(1_500_000));
        assert_eq!((amount("1,500,000", Lang::En), amount("1.500.000", Lang::En)), (Some(1_500_000), Some(1_500_000)));
        assert_eq!((amount("1,500,000", Lang::Id), amount("1,5", Lang::En)), (None, None));
    }

    #[test]
    fn numbers_out_of_range_are_faults_and_empty_is_none() {
        let mut f = form(&[("a", "1.160"), ("b", "11"), ("c", "")]);
        assert_eq!(f.number("a", 0..=2_000, Lang::Id), Some(1_160));
        assert_eq!(f.number("b", 1..=10, Lang::Id), None);
        assert_eq!(f.number("c", 1..=10, Lang::Id), None);
        assert_eq!(f.faults().len(), 1);
    }
}
