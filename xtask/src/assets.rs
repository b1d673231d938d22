//! `cargo xtask assets`: fetches the browser parts named in package-lock.json and puts the few files the
//! program serves into `crates/server/assets/vendor` (git-ignored). Nothing there is written by hand.
//!
//! Safe to run at any time: npm runs only when node_modules differs from the lock file, and a file is
//! written only when its bytes change, so nothing is rebuilt for no reason.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

/// Parts of govuk-frontend that no page of ours uses. Dropping them takes a third off the style sheet every phone loads.
const UNUSED_GOVUK: &[&str] = &[
    "accordion",
    "accordion-nav",
    "breadcrumbs",
    "cookie-banner",
    "drop-zone",
    "exit-this-page",
    "exit-this-page-overlay",
    "exit-this-page-hide-content",
    "feedback",
    "file-upload-button",
    "file-upload-wrapper",
    "footer",
    "generic-header",
    "grid-column-full",
    "grid-column-full-from-desktop",
    "grid-column-one-half",
    "grid-column-one-half-from-desktop",
    "grid-column-one-quarter",
    "grid-column-one-quarter-from-desktop",
    "grid-column-one-third",
    "grid-column-one-third-from-desktop",
    "grid-column-three-quarters",
    "grid-column-three-quarters-from-desktop",
    "grid-column-two-thirds",
    "grid-column-two-thirds-from-desktop",
    "grid-row",
    "header",
    "language-navigation",
    "logo-dot",
    "main-wrapper",
    "notification-banner",
    "pagination",
    "panel",
    "phase-banner",
    "service-navigation",
    "table",
    "tabs",
    "tag",
    "task-list",
    "width-container",
];

/// Packages whose licence text travels with the files.
const LICENSED: &[&str] = &["@tabler/icons", "qr-scanner", "signature_pad", "htmx.org", "@fontsource-variable/inter"];

/// govuk-frontend's package brings no licence file; its package.json says MIT.
const GOVUK_LICENCE: &str = "MIT License. Copyright (C) 2011 Crown Copyright (Government Digital Service). The terms are those of the MIT text above.";

/// Brings `crates/server/assets/vendor` up to date with package-lock.json.
pub fn assets() -> Result<()> {
    let root = root()?;
    let modules = root.join("node_modules");
    if !fresh(&root, &modules) {
        fetch(&root)?;
    }
    let vendor = root.join("crates/server/assets/vendor");
    let icons_folder = vendor.join("icons");
    fs::create_dir_all(&icons_folder).with_context(|| format!("failed to make {}", icons_folder.display()))?;

    let copies = [
        ("govuk-frontend/dist/govuk/govuk-frontend.min.js", "govuk.js"),
        ("htmx.org/dist/htmx.esm.min.js", "htmx.js"),
        ("qr-scanner/qr-scanner.min.js", "qr-scanner.min.js"),
        ("signature_pad/dist/signature_pad.min.js", "signature-pad.js"),
    ];
    for (from, to) in copies {
        write_if_changed(&vendor.join(to), without_source_map(&read(&modules.join(from))?).as_bytes())?;
    }
    let css = govuk_css(&read(&modules.join("govuk-frontend/dist/govuk/govuk-frontend.min.css"))?)?;
    write_if_changed(&vendor.join("govuk.css"), css.as_bytes())?;

    let font = modules.join("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2");
    let font = fs::read(&font).with_context(|| format!("failed to read {}", font.display()))?;
    write_if_changed(&vendor.join("inter.woff2"), &font)?;

    let (factory, worker) = qr_worker(&read(&modules.join("qr-scanner/qr-scanner-worker.min.js"))?)?;
    write_if_changed(&vendor.join("qr-scanner-worker.min.js"), factory.as_bytes())?;
    write_if_changed(&vendor.join("qr-worker.js"), worker.as_bytes())?;

    let list = read(&root.join("crates/server/assets/icons.txt"))?;
    write_if_changed(&icons_folder.join("icons.json"), icons(&list, &modules)?.as_bytes())?;

    let mut texts = String::from("Third-party parts served by Tuntas, each under its own licence.\n");
    for package in LICENSED {
        let text = read(&modules.join(package).join("LICENSE"))?;
        let _ = write!(texts, "\n==== {package}\n\n{}\n", text.trim());
    }
    let _ = write!(texts, "\n==== govuk-frontend\n\n{GOVUK_LICENCE}\n");
    write_if_changed(&vendor.join("licences.txt"), texts.as_bytes())
}

fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(here.parent().context("xtask stands in the workspace")?.to_path_buf())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))
}

fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("failed to write {}", path.display()))
}

/// Whether node_modules holds what the lock file names. npm leaves a copy of what it installed inside node_modules.
fn fresh(root: &Path, modules: &Path) -> bool {
    let locked = packages(&root.join("package-lock.json"));
    let installed = packages(&modules.join(".package-lock.json"));
    matches!((locked, installed), (Some(locked), Some(installed)) if locked == installed)
}

/// Package path -> (version, hash), without the root package and the optional ones npm may leave out.
fn packages(lock: &Path) -> Option<Vec<(String, String)>> {
    let lock: Value = serde_json::from_str(&fs::read_to_string(lock).ok()?).ok()?;
    let packages = lock.get("packages")?.as_object()?;
    let mut all: Vec<_> = packages
        .iter()
        .filter(|(path, package)| !path.is_empty() && package.get("optional").is_none())
        .map(|(path, package)| (path.clone(), format!("{}", package["integrity"])))
        .collect();
    all.sort();
    Some(all)
}

fn fetch(root: &Path) -> Result<()> {
    eprintln!("fetching browser parts (npm ci)");
    let done = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(root)
        .status()
        .context("failed to start npm: install Node.js 20 or newer with npm, then run again")?;
    ensure!(done.success(), "npm ci failed: see the lines above; it needs the network or a filled npm cache");
    Ok(())
}

/// The line that points to a source map we do not serve.
fn without_source_map(code: &str) -> String {
    let lines: Vec<&str> = code.lines().filter(|line| !line.starts_with("//# sourceMappingURL=")).collect();
    lines.join("\n") + "\n"
}

/// govuk-frontend's style sheet without its typeface and crest (not licensed to others) and without unused parts.
fn govuk_css(css: &str) -> Result<String> {
    let mut out = String::from("/* govuk-frontend (MIT), reduced by `cargo xtask assets` */\n");
    keep_rules(&without_comments(css), &mut out)?;
    let out = out.replace("GDS Transport,arial,sans-serif", "var(--t-font)");
    ensure!(
        !out.contains("GDS Transport") && !out.contains("url("),
        "govuk-frontend's style sheet changed: a font or picture is still named in it; adapt xtask/src/assets.rs"
    );
    Ok(out)
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Copies rules, going into `@media` and `@supports`; drops `@font-face` and rules left without a selector.
fn keep_rules(css: &str, out: &mut String) -> Result<()> {
    let mut rest = css;
    while let Some(open) = rest.find(['{', ';']) {
        if rest.as_bytes()[open] == b';' {
            rest = &rest[open + 1..]; // @charset, @import
            continue;
        }
        let head = rest[..open].trim();
        let close = open + closing_brace(&rest[open..]).context("a brace is missing in govuk-frontend.min.css")?;
        let body = &rest[open + 1..close];
        rest = &rest[close + 1..];
        if head.starts_with("@media") || head.starts_with("@supports") {
            let mut inner = String::new();
            keep_rules(body, &mut inner)?;
            if !inner.is_empty() {
                let _ = writeln!(out, "{head}{{{}}}", inner.replace('\n', ""));
            }
        } else if head.starts_with("@keyframes") {
            let _ = writeln!(out, "{head}{{{body}}}");
        } else if !head.starts_with('@') {
            let kept: Vec<&str> = selectors(head).into_iter().filter(|s| !unused(s)).collect();
            if !kept.is_empty() && !body.contains("govuk-crest") {
                let _ = writeln!(out, "{}{{{body}}}", kept.join(","));
            }
        }
    }
    Ok(())
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Splits a selector list at its own commas, not at those inside `:not(a, b)`.
fn selectors(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts
}

/// Whether a selector speaks of an unused part: `.govuk-tabs__item`, `.govuk-tag--red`, but not `.govuk-tables`.
fn unused(selector: &str) -> bool {
    selector.split(".govuk-").skip(1).any(|class| {
        UNUSED_GOVUK.iter().any(|part| {
            class.strip_prefix(part).is_some_and(|after| {
                after.is_empty()
                    || after.starts_with("__")
                    || after.starts_with("--")
                    || !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            })
        })
    })
}

/// qr-scanner builds its worker from a string, which a strict content policy refuses: the string becomes a file.
fn qr_worker(code: &str) -> Result<(String, String)> {
    let (Some(start), Some(end)) = (code.find("new Blob([`"), code.rfind("`]")) else {
        bail!("qr-scanner's worker changed its form; adapt xtask/src/assets.rs");
    };
    let literal = &code[start + "new Blob([`".len()..end];
    let mut worker = String::with_capacity(literal.len());
    let mut chars = literal.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(escaped @ ('\\' | '`' | '$')) => worker.push(escaped),
                Some('n') => worker.push('\n'),
                other => bail!("qr-scanner's worker holds the unknown escape {other:?}; adapt xtask/src/assets.rs"),
            },
            c => worker.push(c),
        }
    }
    let factory = "export const createWorker=()=>new Worker(new URL('./qr-worker.js',import.meta.url));\n";
    Ok((factory.to_owned(), worker))
}

/// `{"our-name": "<path d=.../>..."}` for the names in icons.txt.
fn icons(list: &str, modules: &Path) -> Result<String> {
    let mut drawn = Map::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (ours, theirs) = line.split_once('=').with_context(|| format!("icons.txt: no `=` in `{line}`"))?;
        let file = modules.join(format!("@tabler/icons/icons/outline/{}.svg", theirs.trim()));
        let svg = read(&file).with_context(|| format!("icons.txt: Tabler Icons has no `{}`", theirs.trim()))?;
        let shapes: String = svg
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("<path") && !line.contains("stroke=\"none\""))
            .map(|line| line.replace(" />", "/>"))
            .collect();
        ensure!(!shapes.is_empty(), "icons.txt: `{}` holds no paths", theirs.trim());
        drawn.insert(ours.trim().to_owned(), Value::String(shapes));
    }
    Ok(serde_json::to_string_pretty(&Value::Object(drawn))? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typeface_crest_and_unused_parts_go_and_the_rest_stays() {
        let css = "@font-face{font-family:GDS Transport;src:url(/a.woff2)}.govuk-tabs__list,.govuk-body:not(.a,.b){font-family:GDS Transport,arial,sans-serif}\
                   @media print{.govuk-footer{color:red}}@media print{.govuk-tables-x{color:red}}.govuk-header__crest{background:url(/assets/images/govuk-crest.svg)}";
        let out = govuk_css(css).unwrap();
        let rules: Vec<&str> = out.lines().skip(1).collect();
        assert_eq!(
            rules,
            [".govuk-body:not(.a,.b){font-family:var(--t-font)}", "@media print{.govuk-tables-x{color:red}}"]
        );
    }

    #[test]
    fn the_qr_worker_becomes_a_file_of_its_own() {
        let code = "export const createWorker=()=>new Worker(URL.createObjectURL(new Blob([`a(\\`b\\`,'\\\\d')`]),{}))";
        let (factory, worker) = qr_worker(code).unwrap();
        assert_eq!(worker, "a(`b`,'\\d')");
        assert!(!factory.contains("Blob"));
    }
}
