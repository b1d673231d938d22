//! Serving: opens the database, brings it up to date, starts the worker, listens, and stops gracefully.

use anyhow::Context;
use store::{Store, migrate};
use tokio_util::sync::CancellationToken;

use crate::{
    App,
    clock::{Clock, Entropy},
    config::Config,
    jobs, router,
};

/// Opens the database of this configuration, brings it up to date, and makes the shared state.
pub async fn open(config: Config, clock: Clock, entropy: Entropy) -> anyhow::Result<App> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("failed to make the data folder {}", config.data.display()))?;
    let store = Store::open(config.database.as_deref(), &config.data)
        .await
        .context("failed to open the database (see --data and --database)")?;
    let applied = migrate::migrate(&store, &clock.stamp()).await.context("failed to bring the database up to date")?;
    if !applied.is_empty() {
        tracing::info!(migrations = applied.join(", "), "the database was brought up to date");
    }
    Ok(App::new(store, config, clock, entropy))
}

/// Serves until the program is told to stop (Ctrl-C, SIGTERM); running requests are finished. `greet` may print more
/// below the address.
pub async fn serve(app: App, greet: impl FnOnce()) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(app.config.listen)
        .await
        .with_context(|| format!("failed to listen on {}: choose another with --listen", app.config.listen))?;
    let address = listener.local_addr()?;
    tracing::info!(%address, data = app.store.place(), "serving");
    say!("Tuntas: http://{address}");
    greet();
    let stop = CancellationToken::new();
    let worker = tokio::spawn(jobs::work(app.clone(), stop.clone()));
    let site = router::site(&app);
    axum::serve(listener, site).with_graceful_shutdown(told_to_stop()).await.context("failed to serve")?;
    stop.cancel();
    app.worker.notify_one();
    worker.await?;
    app.store.clone().close().await?;
    Ok(())
}

async fn told_to_stop() {
    let terminate = async {
        #[cfg(unix)]
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
