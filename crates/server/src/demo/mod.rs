//! `tuntas demo`: the made-up district 99.01 in a folder of its own, its lists loaded through the real importer and a
//! year of work played through the same operations the pages use; then it serves.
//!
//! The folder is marked by the setting `demo`; a folder or database that holds anything else is never touched.

mod accounts;
mod year;

use std::{net::SocketAddr, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use clap::Args;
use store::{Actor, Store, areas};
use testkit::district::District;

use crate::{
    App,
    areas::command::{CODE_PROPERTIES, read_boundaries, read_list},
    clock::{Clock, Entropy},
    config::Config,
    serve,
};

pub use accounts::PASSWORD;

#[derive(Args, Debug, Clone)]
pub struct Demo {
    /// Families of the made-up district (300 to 300,000)
    #[arg(long, default_value_t = 15_000, value_parser = clap::value_parser!(u32).range(300..=300_000))]
    families: u32,
    /// The same seed makes the same district
    #[arg(long, default_value_t = 9901)]
    seed: u64,
    /// Only areas, accounts and list files: nothing is loaded, so that you try it all yourself
    #[arg(long)]
    empty: bool,
    /// Remove the demo that is in the folder and begin anew
    #[arg(long)]
    fresh: bool,
    /// Make the demo and stop, without serving
    #[arg(long)]
    no_serve: bool,
}

/// Files of the made-up district lie here, in the data folder; the page of lists offers them for download.
pub const FILES: &str = "contoh";

pub async fn run(mut config: Config, demo: Demo, listen: Option<SocketAddr>) -> anyhow::Result<ExitCode> {
    if let Some(address) = listen {
        config.listen = address;
    }
    if demo.fresh {
        remove(&config).await?;
    }
    let app = serve::open(config, Clock::System, Entropy::system()).await?;
    match state(&app).await? {
        State::Made => eprintln!("the demo of {} is used as it is (--fresh begins anew)", app.store.place()),
        State::Foreign => bail!(
            "{} holds an installation that is no demo: name an empty folder with --data, or an empty database with --database",
            app.store.place()
        ),
        State::Empty => make(&app, demo.families as usize, demo.seed, !demo.empty).await?,
    }
    if demo.no_serve {
        accounts::print();
        return Ok(ExitCode::SUCCESS);
    }
    let told = || {
        accounts::print();
        say!("\nCtrl-C menghentikan.");
    };
    serve::serve(app, told).await?;
    Ok(ExitCode::SUCCESS)
}

enum State {
    Empty,
    Made,
    Foreign,
}

async fn state(app: &App) -> anyhow::Result<State> {
    let actor = Actor::program("tuntas demo");
    let reading = app.store.read(&actor);
    if areas::setting(&reading, "demo").await?.is_some() {
        return Ok(State::Made);
    }
    let used = !store::access::users(&reading).await?.is_empty() || areas::own_district(&reading).await?.is_some();
    Ok(if used { State::Foreign } else { State::Empty })
}

/// Removes a former demo from its folder. Anything that is no demo stays, and is said to.
async fn remove(config: &Config) -> anyhow::Result<()> {
    if config.database.is_some() {
        bail!("--fresh is for the embedded database: make an empty PostgreSQL database instead");
    }
    let file = Store::file_in(&config.data);
    if !file.exists() {
        return Ok(());
    }
    let store = Store::open_file(&file).await?;
    let actor = Actor::program("tuntas demo");
    let marked = areas::setting(&store.read(&actor), "demo").await;
    store.close().await?;
    if !matches!(marked, Ok(Some(_))) {
        bail!("{} holds no demo: it is left alone", file.display());
    }
    for name in ["tuntas.db", "tuntas.db-wal", "tuntas.db-shm"] {
        remove_path(&config.data.join(name))?;
    }
    remove_path(&config.data.join("files"))?;
    remove_path(&config.data.join(FILES))
}

fn remove_path(path: &Path) -> anyhow::Result<()> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("failed to remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Makes the demo in an empty installation: areas, accounts and list files; where `played`, the year of work too.
pub async fn make(app: &App, families: usize, seed: u64, played: bool) -> anyhow::Result<()> {
    let today = app.clock.today(app.config.zone);
    let district = District::generate_as_of(seed, families, today);
    let folder = app.config.data.join(FILES);
    let bar = bar("files of the made-up district");
    let written =
        district.write_files_with(&folder, &testkit::district::lists::faults::FaultRates::default(), |done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        })?;
    bar.finish();
    // the year of work begins before its lists
    let begun = App::new(app.store.clone(), app.config.clone(), year::begins(today), Entropy::seeded(seed));
    load_areas(&begun, &folder).await?;
    accounts::create(&begun).await?;
    if played {
        year::play(&begun, &district, &written, today, seed).await?;
        // who of the lists' people may be one: the desk has its work, and it waits from now on
        crate::jobs::drain(app).await?;
    }
    let actor = Actor::program("tuntas demo");
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    areas::set_setting(&change, "demo", &format!("{seed} {families}")).await?;
    change.commit().await?;
    Ok(())
}

async fn load_areas(app: &App, folder: &Path) -> anyhow::Result<()> {
    let actor = Actor::program("tuntas demo");
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    areas::import(&change, &read_list(&folder.join("wilayah_9901.csv"))?).await?;
    let boundaries = read_boundaries(&change, &folder.join("batas_desa_9901.geojson"), &CODE_PROPERTIES).await?;
    areas::set_boundaries(&change, &boundaries.known, "batas_desa_9901.geojson").await?;
    change.commit().await?;
    Ok(())
}

/// A progress bar on standard error; silent where nobody looks.
fn bar(what: &str) -> indicatif::ProgressBar {
    let style = indicatif::ProgressStyle::with_template("{msg:40} {wide_bar} {pos}/{len}")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    indicatif::ProgressBar::new(0).with_style(style).with_message(what.to_owned())
}
