//! Icons, drawn inline so that they print, take the colour of the text and need no request.
//!
//! The drawings are Tabler Icons 3.51.0 (MIT): `assets/icons.txt` says which, `cargo xtask assets` fetches them.
//! An icon stands beside a word, never in its place; where a button shows only an icon, the button carries the label.

use std::{collections::HashMap, sync::LazyLock};

use askama::filters::HtmlSafe;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/vendor/icons"]
#[allow_missing = true]
struct Drawings;

static ICONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Drawings::get("icons.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// Markup of ours that needs no escaping.
pub struct Svg(String);

impl std::fmt::Display for Svg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Svg {}

/// The icon of this name (see `assets/icons.txt`), 20 px, hidden from screen readers.
pub fn icon(name: &str) -> Svg {
    sized(name, "t-i")
}

/// The 16 px form, for text lines.
pub fn icon_small(name: &str) -> Svg {
    sized(name, "t-i t-i--s")
}

/// The 24 px form.
pub fn icon_large(name: &str) -> Svg {
    sized(name, "t-i t-i--l")
}

/// Before `cargo xtask assets` has run there are no drawings: the place stays empty, the words beside it remain.
fn sized(name: &str, class: &str) -> Svg {
    let shapes = ICONS.get(name).map_or("", String::as_str);
    Svg(format!(r#"<svg class="{class}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>"#))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    /// Every `icon("name")` written in a template or in Rust is listed in icons.txt.
    #[test]
    fn every_icon_named_anywhere_is_listed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let list = fs::read_to_string(root.join("assets/icons.txt")).unwrap();
        let known: BTreeSet<&str> = list
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('=').map(|(ours, _)| ours.trim()))
            .collect();
        let mut unknown = Vec::new();
        for folder in ["templates", "src"] {
            visit(&root.join(folder), &mut |path, text| {
                for mark in ["icon(\"", "icon_small(\"", "icon_large(\"", "icon=\""] {
                    for (_, after) in text.match_indices(mark).map(|(at, mark)| text.split_at(at + mark.len())) {
                        let name = after.split('"').next().unwrap_or_default();
                        if !name.is_empty() && !known.contains(name) && !name.contains(['{', ' ', '\\']) {
                            unknown.push(format!("{}: {name}", path.display()));
                        }
                    }
                }
            });
        }
        assert!(unknown.is_empty(), "not in assets/icons.txt: {unknown:#?}");
    }

    fn visit(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                visit(&path, each);
            } else if path.extension().is_some_and(|e| e == "html" || e == "rs") && !path.ends_with("icons.rs") {
                each(&path, &fs::read_to_string(&path).unwrap());
            }
        }
    }
}
