//! Every word on screen exists, in both languages: keys of the two languages agree, every key named in the program has
//! its message, every verb of the journal and every broken rule can be told.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Messages of a language by key, with the names of their values.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    for file in fs::read_dir(folder).expect("the locale").flatten() {
        let text = fs::read_to_string(file.path()).expect("a file of messages");
        let mut key = String::new();
        for line in text.lines() {
            if let Some((name, _)) = line.split_once(" =")
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !name.is_empty()
            {
                name.clone_into(&mut key);
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{language}: {key} stands twice ({})",
                    file.path().display()
                );
            }
            for part in line.split("{ $").skip(1) {
                let value: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if let Some(values) = found.get_mut(&key) {
                    values.insert(value);
                }
            }
        }
    }
    found
}

/// Source and template files below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
            found.push(path);
        }
    }
}

/// The string literals that follow `before`, e.g. `.t("`.
fn literals<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| !key.contains('{')).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (id, en) = (messages("id"), messages("en"));
    let only = |a: &BTreeMap<String, BTreeSet<String>>, b: &BTreeMap<String, BTreeSet<String>>| {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&id, &en), Vec::<String>::new(), "in Indonesian only");
    assert_eq!(only(&en, &id), Vec::<String>::new(), "in English only");
    for (key, values) in &id {
        assert_eq!(values, &en[key], "the values of {key}");
    }
}

#[test]
fn every_message_the_program_names_is_there() {
    let known = messages("id");
    let mut files = Vec::new();
    sources(&root().join("crates/server/src"), &mut files);
    sources(&root().join("crates/server/templates"), &mut files);
    let mut missing = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for before in [".t(\"", ".msg(\""] {
            for key in literals(text, before) {
                if !known.contains_key(key) {
                    missing.insert(format!("{key} ({})", file.display()));
                }
            }
        }
        for key in literals(text, "Rule::new(\"") {
            for key in [format!("error-{key}"), format!("error-{key}-next")] {
                if !known.contains_key(&key) {
                    missing.insert(format!("{key} ({})", file.display()));
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn every_verb_of_the_journal_can_be_told() {
    let known = messages("id");
    let mut files = Vec::new();
    for folder in ["crates/store/src", "crates/server/src"] {
        sources(&root().join(folder), &mut files);
    }
    let mut missing = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for verb in literals(&text, "verb: \"") {
            let key = server::journal::words::key(verb);
            let is_verb = verb.split_once('.').is_some_and(|(noun, verb)| !noun.is_empty() && !verb.is_empty());
            if is_verb && !known.contains_key(&key) {
                missing.insert(format!("{key} ({})", file.display()));
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn the_command_line_of_lists_speaks_through_messages_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lists");
    for name in ["command.rs", "correction_command.rs"] {
        let text = fs::read_to_string(folder.join(name)).expect("a source");
        for before in ["print!(", "println!(", "eprintln!(", "bail!("] {
            for rest in text.split(before).skip(1) {
                let Some(literal) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                let outside: String =
                    literal.split('{').map(|part| part.split('}').next_back().unwrap_or_default()).collect();
                let words = outside.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
                assert_eq!(words.count(), 0, "{name}: {literal}");
            }
        }
    }
}
