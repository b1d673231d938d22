//! `tuntas link` as it is typed: the program itself, with its exit code and what it prints.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

/// 500 made-up records, some of one person.
const PEOPLE: &str = include_str!("../../../linkage/tests/splink/people.csv");

fn tuntas(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tuntas"));
    command.current_dir(folder).args(arguments).env_remove("TUNTAS_LANGUAGE");
    command
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_reader_who_goes_away_stops_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("orang.csv"), PEOPLE).expect("written");
    for json in [&["--json"][..], &[]] {
        let arguments = [&["link", "dedupe", "orang.csv", "--out", "hasil", "--overwrite"], json].concat();
        let mut child =
            tuntas(folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        drop(child.stdout.take()); // as `| head -0`
        let output = child.wait_with_output().expect("ends");
        let (_, stderr) = said(&output);
        assert!(output.status.success() && stderr.is_empty(), "{:?} {stderr}", output.status);
        assert!(folder.path().join("hasil/report.html").exists());
        fs::remove_file(folder.path().join("hasil/report.html")).expect("removed");
    }
}

#[test]
fn what_is_typed_for_each_list_reaches_it_and_what_is_printed_names_every_file() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), PEOPLE.replacen("nama,", "Kolom A,", 1)).expect("written");
    fs::write(folder.path().join("b.csv"), PEOPLE.replacen("nama,", "Kolom B,", 1)).expect("written");
    let both = ["link", "match", "a.csv", "b.csv", "--out", "hasil", "--ask", "3", "--overwrite"];
    let once = tuntas(folder.path(), &[&both[..], &["--columns", "nama=Kolom A"]].concat()).output().expect("ends");
    let (_, stderr) = said(&once);
    assert_eq!(once.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("b.csv") && stderr.contains("tidak ada kolom \"Kolom A\""), "{stderr}");
    assert!(stderr.contains("--columns dua kali"), "{stderr}");
    let each = ["--columns", "nama=Kolom A", "--columns", "nama=Kolom B"];
    let each = tuntas(folder.path(), &[&both[..], &each].concat()).output().expect("ends");
    let (stdout, stderr) = said(&each);
    assert!(each.status.success(), "{stderr}");
    for word in ["nama=Kolom A", "nama=Kolom B", "satu daftar menyebut orang sekali saja"] {
        assert!(stdout.contains(word), "{word}: {stdout}");
    }
    for entry in fs::read_dir(folder.path().join("hasil")).expect("a folder") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        assert!(stdout.contains(&name), "{name} is not named: {stdout}");
    }
}
