//! The summary of a form's faults names the field of every entry: "Nama kegiatan: isi bagian ini", not "Isi bagian ini".
//!
//! The summary stands above the fields, but a field's label is said only where the field is drawn. So the component leaves
//! a mark in each entry, and once the page is drawn the labels of its fields take the marks' places.

const MARK: &str = "<!--label:";

/// The page with every mark replaced by the label of its field; an entry of no field of this page stays as it is.
pub fn with_labels(html: String) -> String {
    if !html.contains(MARK) {
        return html;
    }
    let mut parts = html.split(MARK);
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (field, rest) = part.split_once("-->").unwrap_or(("", part));
        if let Some(label) = label(&html, field) {
            page.push_str("<b>");
            page.push_str(&label);
            page.push_str(":</b> ");
        }
        page.push_str(rest);
    }
    page
}

/// What a field is called: the legend of its group, its label, or what is said of it to those who do not see it.
fn label(html: &str, field: &str) -> Option<String> {
    let named = |attribute: &str, value: &str| html.find(&format!(" {attribute}=\"{value}\"")).map(|at| &html[at..]);
    if let Some(after) = named("id", &format!("{field}-label")) {
        return words(after, "</");
    }
    let at = html.find(&format!(" id=\"{field}\""));
    let group = at.filter(|at| html[..*at].rfind('<').is_some_and(|open| html[open..].starts_with("<fieldset")));
    if let Some(at) = group {
        let legend = html[at..].find("<legend")? + at;
        return words(&html[legend..], "</legend>");
    }
    if let Some(after) = named("for", field) {
        return words(after, "</label>");
    }
    let tag = &html[at?..];
    let tag = &tag[..tag.find('>')?];
    let (_, said) = tag.split_once(" aria-label=\"")?;
    said.split_once('"').map(|(said, _)| said.to_owned())
}

/// The text from the end of the tag that `after` begins in, up to `end`, without tags.
fn words(after: &str, end: &str) -> Option<String> {
    let (_, inner) = after.split_once('>')?;
    let (inner, _) = inner.split_once(end)?;
    let bare: String = inner.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    Some(bare.trim().trim_end_matches(':').to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_named_by_the_label_legend_or_spoken_name_of_its_field() {
        let page = with_labels(
            "<a href=\"#name\"><!--label:name-->Isi</a><a href=\"#aid\"><!--label:aid-->Isi</a><a href=\"#items\"><!--label:items-->Isi</a>\
             <a href=\"#on-1\"><!--label:on-1-->Isi</a><a href=\"#x\"><!--label:x-->Isi</a>\
             <label class=\"l\" for=\"name\">Nama <span>kegiatan</span></label><input id=\"name\">\
             <fieldset><legend id=\"aid-label\">Bentuk</legend><input type=\"radio\" id=\"aid\"><label for=\"aid\">Uang</label></fieldset>\
             <fieldset class=\"f\" id=\"items\"><legend>Barang</legend></fieldset><input id=\"on-1\" type=\"text\" aria-label=\"Tanggal 1\">"
                .to_owned(),
        );
        for entry in ["<b>Nama kegiatan:</b> Isi", "<b>Bentuk:</b> Isi", "<b>Barang:</b> Isi", "<b>Tanggal 1:</b> Isi"]
        {
            assert!(page.contains(entry), "{entry} in {page}");
        }
        assert!(page.contains("<a href=\"#x\">Isi</a>"), "{page}");
        assert!(!page.contains(MARK));
    }
}
