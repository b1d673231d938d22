//! What a command says on stdout, line by line.
//!
//! Whoever reads may stop early (`tuntas link dedupe LIST --out DIR --json | head -1`). That is no fault, and no reason to leave work
//! half done: the rest is said to nobody. Any other fault of the output (a full disk) ends the program, so that nobody takes half an
//! answer for a whole one.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
};

/// Prints a line, like `println!`.
macro_rules! say {
    ($($text:tt)*) => { $crate::say::line(format_args!($($text)*)) };
}

pub fn line(text: fmt::Arguments<'_>) {
    if let Err(error) = into(&mut io::stdout().lock(), text) {
        eprintln!("tuntas: {error}");
        std::process::exit(1);
    }
}

fn into(output: &mut impl Write, text: fmt::Arguments<'_>) -> io::Result<()> {
    match output.write_fmt(format_args!("{text}\n")) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fails(ErrorKind);

    impl Write for Fails {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_went_away_is_no_fault_and_a_full_disk_is_one() {
        let mut text = Vec::new();
        into(&mut text, format_args!("{} orang", 3)).expect("written");
        assert_eq!(text, b"3 orang\n");
        into(&mut Fails(ErrorKind::BrokenPipe), format_args!("3 orang")).expect("nobody listens");
        let error = into(&mut Fails(ErrorKind::StorageFull), format_args!("3 orang")).expect_err("told");
        assert_eq!(error.kind(), ErrorKind::StorageFull);
    }

    /// `println!` ends in a panic where the reader went away, so no command uses it.
    #[test]
    fn no_command_prints_past_it() {
        fn look(folder: &std::path::Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    look(&path, found);
                } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("src/say.rs") {
                    let text = std::fs::read_to_string(&path).expect("a source");
                    let prints = text.replace("eprintln!", "").contains("println!(");
                    found.extend(prints.then(|| path.display().to_string()));
                }
            }
        }
        let mut found = Vec::new();
        look(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.is_empty(), "say! instead of println!: {found:?}");
    }
}
