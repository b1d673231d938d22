//! The command line. Exit codes: 0 done, 1 failed, 2 the call itself is wrong, 3 done but something needs attention.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    clock::{Clock, Entropy},
    config::{Config, Options},
    serve,
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
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("TUNTAS_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn")),
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
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tuntas: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = Config::load(&cli.options)?;
    match cli.command {
        Command::Serve => {
            let app = serve::open(config, Clock::System, Entropy::system()).await?;
            serve::serve(app).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
