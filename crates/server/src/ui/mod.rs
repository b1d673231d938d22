//! What every page is made of: the frame ([`Ui`]), assets, components, icons and charts. Their map is `docs/look.md`.

pub mod assets;
pub mod charts;
pub mod icons;
pub mod parts;
#[cfg(test)]
mod sheet;
pub mod summary;

use domain::{
    access::Right,
    monitoring::{FEWEST, Shown},
};

use crate::{
    App,
    access::Visitor,
    i18n::{Lang, Msg},
};

/// The frame of a page: language, who is signed in, where one is, and the message left by the last action.
#[derive(Clone, Debug)]
pub struct Ui {
    pub lang: Lang,
    pub office: String,
    pub signed_in: Option<SignedIn>,
    pub nav: Vec<NavItem>,
    pub flash: Option<String>,
    pub path: String,
    /// `21 November 2026`
    pub today: String,
    /// The phone asks to be spared bytes.
    pub save_data: bool,
    zone: chrono::FixedOffset,
}

#[derive(Clone, Debug)]
pub struct SignedIn {
    pub name: String,
    pub initials: String,
    /// The role, in words.
    pub role: String,
    pub rights: Vec<Right>,
}

#[derive(Clone, Debug)]
pub struct NavItem {
    pub key: &'static str,
    pub href: &'static str,
    pub current: bool,
}

/// The main navigation: message key, address, the rights of which one is enough.
const NAV: &[(&str, &str, &[Right])] = &[
    ("nav-home", "/", &[]),
    ("nav-lists", "/daftar", &[Right::ReadLists]),
    ("nav-registry", "/keluarga", &[Right::SeeFamilies]),
    ("nav-areas", "/wilayah", &[Right::SeeTotals]),
    ("nav-verification", "/verval", &[Right::SeeFamilies]),
    ("nav-targeting", "/penetapan", &[Right::SeeTargeting]),
    ("nav-programmes", "/program", &[Right::SeeProgrammes]),
    ("nav-delivery", "/penyaluran", &[Right::SeeDelivery]),
    ("nav-referrals", "/rujukan", &[Right::AnswerReferrals]),
    ("nav-journal", "/jejak", &[Right::ReadJournal]),
    ("nav-users", "/pengguna", &[Right::Administer]),
];

/// Whether an address is this one or below it.
fn below(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Ui {
    /// The frame for whoever asks.
    pub async fn for_visitor(app: &App, visitor: &Visitor, path: &str) -> Self {
        let lang = visitor.lang;
        let flash = crate::access::take_flash(&visitor.session).await.map(|flash| flash.text);
        let office = match &app.config.office {
            Some(office) => office.clone(),
            None => match app.district().await {
                Ok(Some((_, name))) => lang.msg("ui-office-of").s("district", name).to_string(),
                _ => lang.t("ui-office"),
            },
        };
        let signed_in = visitor.signed_in.as_ref().map(|(user, actor)| SignedIn {
            name: user.name.clone(),
            initials: initials(&user.name),
            role: actor
                .roles
                .iter()
                .map(|role| lang.t(&format!("role-{}", role.as_str().replace('_', "-"))))
                .collect::<Vec<_>>()
                .join(" · "),
            rights: Right::ALL.iter().copied().filter(|right| actor.may(*right)).collect(),
        });
        let rights = signed_in.as_ref().map_or(&[][..], |s| &s.rights);
        let nav = if signed_in.is_some() {
            NAV.iter()
                .filter(|(_, _, any)| any.is_empty() || any.iter().any(|right| rights.contains(right)))
                .map(|(key, href, _)| NavItem {
                    key,
                    href,
                    current: match *href {
                        "/" => matches!(path, "/" | "/kepala-dinas" | "/bupati"),
                        // a person is found through his family
                        "/keluarga" => below(path, href) || below(path, "/orang"),
                        href => below(path, href),
                    },
                })
                .collect()
        } else {
            Vec::new()
        };
        let today = lang.date(&app.clock.today(app.config.zone).to_string());
        Self {
            lang,
            office,
            signed_in,
            nav,
            flash,
            path: path.to_owned(),
            today,
            save_data: visitor.save_data,
            zone: app.config.zone,
        }
    }

    /// A message without values.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// A message with values: `ui.msg("lists-sentence").n("rows", 5000)`.
    pub fn msg(&self, key: &str) -> Msg {
        self.lang.msg(key.to_owned())
    }

    /// `1.160`
    pub fn num(&self, number: &i64) -> String {
        self.lang.number(*number)
    }

    /// Whether counts are shown as they are: to those who may see families. Others see totals, and small ones hidden.
    pub fn sees_all(&self) -> bool {
        self.may("see_families")
    }

    /// Whether a count is so small that whoever reads does not see it.
    pub fn is_few(&self, count: i64) -> bool {
        !self.sees_all() && matches!(Shown::of(count), Shown::Few)
    }

    /// `12,5 %`; nothing where there is no whole, or where the share would tell a hidden count.
    pub fn share(&self, count: i64, whole: i64) -> String {
        if whole == 0 || self.is_few(count) {
            return String::new();
        }
        format!("{} %", self.lang.decimal(count as f64 * 100.0 / whole as f64, 1))
    }

    /// A count of families or persons for whoever reads: `1.160`, or `< 5` to those who see totals only.
    pub fn few(&self, count: i64) -> String {
        self.shown(if self.sees_all() { Shown::Count(count) } else { Shown::of(count) })
    }

    /// Counts that stand beside their sum.
    pub fn few_parts(&self, counts: &[i64]) -> Vec<String> {
        if self.sees_all() {
            return counts.iter().map(|count| self.num(count)).collect();
        }
        Shown::parts(counts).into_iter().map(|shown| self.shown(shown)).collect()
    }

    fn shown(&self, shown: Shown) -> String {
        match shown {
            Shown::Count(count) => self.num(&count),
            Shown::Few => format!("< {FEWEST}"),
            Shown::Hidden => self.t("ui-hidden"),
        }
    }

    /// A count as a drawing may measure it: small ones are all of one size to those who see totals only.
    pub fn drawn(&self, count: i64) -> i64 {
        if self.is_few(count) { FEWEST - 1 } else { count }
    }

    /// `Rp1.740.000.000` or, in English, `Rp1,740,000,000`
    pub fn rp(&self, amount: &i64) -> String {
        self.lang.rupiah(domain::Rupiah(*amount))
    }

    /// `21 November 2026`, of a stored date or time (a time in the office's zone).
    pub fn date(&self, iso: &str) -> String {
        crate::clock::local(iso, self.zone)
            .map_or_else(|| self.lang.date(iso), |at| self.lang.date(&at.date_naive().to_string()))
    }

    /// `21 November 2026, 13.42`
    pub fn time(&self, stamp: &str) -> String {
        crate::clock::local(stamp, self.zone).map_or_else(
            || stamp.to_owned(),
            |at| {
                format!(
                    "{}, {}",
                    self.lang.date(&at.date_naive().to_string()),
                    domain::calendar::clock(at.naive_local())
                )
            },
        )
    }

    /// A stored time in the office's zone.
    pub fn local(&self, stamp: &str) -> Option<chrono::DateTime<chrono::FixedOffset>> {
        crate::clock::local(stamp, self.zone)
    }

    /// `12 Nov`, of a stored time.
    pub fn day_month(&self, stamp: &str) -> String {
        let date = self.date(stamp);
        let mut words = date.split(' ');
        match (words.next(), words.next()) {
            (Some(day), Some(month)) => format!("{day} {}", month.chars().take(3).collect::<String>()),
            _ => date,
        }
    }

    /// `Senin, 11 Desember 2023, 08.00`
    pub fn weekday_time(&self, stamp: &str) -> String {
        crate::clock::local(stamp, self.zone).map_or_else(
            || stamp.to_owned(),
            |at| {
                let day = domain::calendar::weekday(at.date_naive(), self.lang.is_english());
                format!("{day}, {}", self.time(stamp))
            },
        )
    }

    /// `13.42`
    pub fn clock(&self, stamp: &str) -> String {
        crate::clock::local(stamp, self.zone)
            .map_or_else(|| stamp.to_owned(), |at| domain::calendar::clock(at.naive_local()))
    }

    pub fn may(&self, right: &str) -> bool {
        let right = Right::from_word(right);
        self.signed_in.as_ref().is_some_and(|s| right.is_some_and(|right| s.rights.contains(&right)))
    }

    /// An icon beside a word, 20 px; see `assets/icons.txt`.
    pub fn icon(&self, name: &str) -> icons::Svg {
        icons::icon(name)
    }

    /// 16 px, for text lines.
    pub fn icon_small(&self, name: &str) -> icons::Svg {
        icons::icon_small(name)
    }

    /// 24 px.
    pub fn icon_large(&self, name: &str) -> icons::Svg {
        icons::icon_large(name)
    }

    /// The address of an asset, with its digest so that it can be cached for ever.
    pub fn asset(&self, path: &str) -> String {
        assets::address(path)
    }
}

fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|w| w.len() > 2 && !w.contains('.')).collect();
    words.iter().take(2).filter_map(|w| w.chars().next()).collect::<String>().to_uppercase()
}

/// Text as the value of a query in an address.
pub fn url(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.') {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// The message key of a fault code: `nik.length` is `fault-nik-length`.
pub fn fault_key(code: &str) -> String {
    format!("fault-{}", code.replace(['.', '_'], "-"))
}

#[cfg(test)]
mod tests {
    use super::NAV;

    #[test]
    fn every_entry_of_the_menu_leads_to_a_page() {
        let paths: Vec<&str> = crate::router::routes().iter().map(|route| route.path).collect();
        for (key, href, _) in NAV {
            assert!(paths.contains(href), "{key}: {href}");
        }
    }
}
