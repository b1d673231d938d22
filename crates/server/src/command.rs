//! The command line. Exit codes: 0 done, 1 failed, 2 the call itself is wrong, 3 done (or tried) but something needs
//! attention.

use std::process::ExitCode;

use chrono::Datelike;
use clap::{Parser, Subcommand};

use crate::{
    App, access, areas,
    clock::{Clock, Entropy},
    config::{Config, Options},
    demo, doctor,
    error::Rule,
    journal, link, lists, outage, serve,
};

/// Tuntas: one registry, one plan, one record of who got what - for a district ending extreme poverty.
#[derive(Parser, Debug)]
#[command(name = "tuntas", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the pages until told to stop
    Serve,
    /// Make the made-up district with a year of work behind it, and serve it
    Demo(demo::Demo),
    /// Areas of the country and their boundaries
    #[command(subcommand)]
    Areas(areas::command::Areas),
    /// National and local lists: import, show
    #[command(subcommand)]
    Lists(lists::command::Lists),
    /// Who is the same person, in one list or two: files in, files out, no installation needed
    #[command(subcommand)]
    Link(link::command::Link),
    #[cfg(feature = "cluster")]
    LinkageScheduler(link::cluster::Scheduler),
    #[cfg(feature = "cluster")]
    LinkageExecutor(link::cluster::Executor),
    /// People who work here
    #[command(subcommand)]
    User(access::command::User),
    /// The journal and its seals
    #[command(subcommand)]
    Journal(journal::command::Journal),
    /// Check that this installation is sound, and say what to do where it is not
    Doctor {
        /// Print one JSON object a check
        #[arg(long)]
        json: bool,
    },
}

/// What is logged unless TUNTAS_LOG says otherwise: the engine tells much of itself.
const WANTED: &str =
    "info,sqlx=warn,ballista=warn,ballista_core=warn,ballista_executor=warn,ballista_scheduler=warn,datafusion=warn";

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("TUNTAS_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(WANTED)),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tuntas: {error}");
            return ExitCode::FAILURE;
        }
    };
    let lang = cli.options.language.unwrap_or_default();
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tuntas: {error:#}");
            if let Some(outage) = outage::of(error.as_ref()) {
                let rule = Rule::new(outage::rule_key(outage));
                eprintln!("{} {}", rule.message(lang), rule.next(lang));
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = Config::load(&cli.options)?;
    match cli.command {
        Command::Serve => {
            serve::serve(open(config).await?, || {}).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Demo(options) => demo::run(config, options, cli.options.listen).await,
        Command::Areas(command) => areas::command::run(&open(config).await?, command).await,
        Command::Lists(command) => {
            known(&config)?;
            lists::command::run(&open(config).await?, command).await
        }
        Command::User(command) => access::command::run(&open(config).await?, command).await,
        Command::Journal(command) => {
            known(&config)?;
            journal::command::run(&open(config).await?, command).await
        }
        Command::Doctor { json } => doctor::run(config, json).await,
        Command::Link(command) => link::command::run(command, config.language, Clock::System.now().year()),
        #[cfg(feature = "cluster")]
        Command::LinkageScheduler(how) => how.run(config.language),
        #[cfg(feature = "cluster")]
        Command::LinkageExecutor(how) => how.run(config.language),
    }
}

/// What works on an installation does not make one: a mistyped folder is told.
fn known(config: &Config) -> anyhow::Result<()> {
    if config.database.is_none() && !store::Store::file_in(&config.data).exists() {
        anyhow::bail!(
            "{} holds no installation: name its folder with --data, or begin one with `tuntas areas import FILE`",
            config.data.display()
        );
    }
    Ok(())
}

async fn open(config: Config) -> anyhow::Result<App> {
    serve::open(config, Clock::System, Entropy::system()).await
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn every_argument_of_every_command_says_what_it_is_for() {
        fn silent(command: &clap::Command, path: &str, found: &mut Vec<String>) {
            for argument in command.get_arguments().filter(|argument| argument.get_help().is_none()) {
                found.push(format!("{path} {}", argument.get_id()));
            }
            for below in command.get_subcommands() {
                silent(below, &format!("{path} {}", below.get_name()), found);
            }
        }
        let mut found = Vec::new();
        silent(&super::Cli::command(), "tuntas", &mut found);
        assert!(found.is_empty(), "no help: {found:?}");
    }
}
