//! Running other programs, and installing the Debian packages they come from.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// cargo as it runs us, without what it tells us about our own package: dependencies that look at it would be built anew.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a step, says its name and how long it took, and fails with the command when it fails.
pub fn step(name: &str, command: &mut Command) -> Result<()> {
    println!("==> {name}");
    let begun = Instant::now();
    let status = command.status().with_context(|| format!("failed to start {command:?}"))?;
    ensure!(status.success(), "{name} failed: {command:?}");
    println!("    {name}: {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// The first of these programs there is.
pub fn find(candidates: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    candidates.iter().find_map(|candidate| {
        if candidate.contains('/') {
            return Path::new(candidate).exists().then(|| PathBuf::from(candidate));
        }
        env::split_paths(&path).map(|folder| folder.join(candidate)).find(|full| full.is_file())
    })
}

/// Makes sure of a program, installing its Debian package where that is possible.
pub fn need(what: &str, find: impl Fn() -> Option<PathBuf>, packages: &[&str]) -> Result<PathBuf> {
    if let Some(path) = find() {
        return Ok(path);
    }
    let names = packages.join(" ");
    if !is_root() || self::find(&["apt-get"]).is_none() {
        bail!(
            "{what} is missing: install the Debian packages {names} (as root: apt-get install {names}) and run this again"
        );
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step("package lists", &mut apt(&["update", "--quiet=2"]))?;
    step(
        &format!("installing {names}"),
        apt(&["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(packages),
    )?;
    find().with_context(|| format!("{what} is still missing after installing {names}"))
}

pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}
