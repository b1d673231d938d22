//! Configuration: a file, the environment, the command line; sensible with none.
//!
//! `--data DIR` (`TUNTAS_DATA`) holds the embedded database, attachments and `tuntas.toml`; `--database URL`
//! (`TUNTAS_DATABASE`) names a PostgreSQL; `--listen` (`TUNTAS_LISTEN`) the address; `--language` (`TUNTAS_LANGUAGE`)
//! what the command line speaks.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use chrono::FixedOffset;
use clap::Args;
use serde::Deserialize;

use crate::i18n::Lang;

/// Options every command takes.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Folder of the embedded database, attachments and tuntas.toml
    #[arg(long, env = "TUNTAS_DATA", global = true, value_name = "DIR", default_value = "tuntas-data")]
    pub data: PathBuf,
    /// PostgreSQL to use instead of the embedded database: postgres://user:password@host/name
    #[arg(long, env = "TUNTAS_DATABASE", global = true, value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Address to serve on
    #[arg(long, env = "TUNTAS_LISTEN", global = true, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Language of what the command line says: id or en (default: that of tuntas.toml, else id)
    #[arg(long, env = "TUNTAS_LANGUAGE", global = true, value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<Lang>,
}

fn language(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| "choose id or en".to_owned())
}

/// What `tuntas.toml` in the data folder may say. Unknown names are an error, so that a typing fault is seen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    database: Option<String>,
    listen: Option<SocketAddr>,
    office: Option<String>,
    language: Option<String>,
    utc_offset_hours: Option<i32>,
    https: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    pub database: Option<String>,
    pub listen: SocketAddr,
    /// The office's name on every page; else "Dinas Sosial" and the district's name.
    pub office: Option<String>,
    /// What the command line says is said in it.
    pub language: Lang,
    /// The office's clock: WIB +7, WITA +8, WIT +9.
    pub zone: FixedOffset,
    /// Served through HTTPS (a reverse proxy): cookies are then marked secure.
    pub https: bool,
}

impl Config {
    pub fn load(options: &Options) -> anyhow::Result<Self> {
        let path = options.data.join("tuntas.toml");
        let file: File = match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("failed to read {}", path.display()))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => File::default(),
            Err(e) => return Err(e).with_context(|| format!("failed to open {}", path.display())),
        };
        let hours = file.utc_offset_hours.unwrap_or(7);
        let zone = FixedOffset::east_opt(hours * 3600)
            .with_context(|| format!("utc_offset_hours = {hours} in {} is no time zone (7, 8 or 9)", path.display()))?;
        Ok(Self {
            data: options.data.clone(),
            database: options.database.clone().or(file.database),
            listen: options.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8099))),
            office: file.office,
            language: match (options.language, file.language.as_deref()) {
                (Some(language), _) => language,
                (None, Some(code)) => {
                    language(code).map_err(|why| anyhow::anyhow!("language = {code:?} in {}: {why}", path.display()))?
                }
                (None, None) => Lang::default(),
            },
            zone,
            https: file.https.unwrap_or(false),
        })
    }
}
