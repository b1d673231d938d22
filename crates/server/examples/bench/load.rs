//! The busiest pages under many users: each page alone first, then all users at once without a pause between two pages.
//!
//! A page is asked for by the first of the demo's accounts that may open it; pages that do not answer are left out and
//! named. Every user keeps one connection, as a browser does. Only the same machine is asked.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use clap::Args;
use serde_json::json;
use server::demo::PASSWORD;

use crate::http::Connection;

#[derive(Args, Clone)]
pub struct Load {
    /// Where the program serves: 127.0.0.1:8099
    #[arg(long)]
    address: SocketAddr,
    /// What stands for {round}, {determination}, {decree}, {programme}, {event}, {list}: name=id
    #[arg(long, value_parser = pair)]
    id: Vec<(String, String)>,
    /// Users at once
    #[arg(long, default_value_t = 50)]
    users: usize,
    /// How long they go on
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// How often each page is asked for alone
    #[arg(long, default_value_t = 20)]
    alone: usize,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("name=id")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The busiest pages, in the order of the chain. `{siti}` is the key of a search for that word, `{family}` the first one
/// it finds.
const PAGES: [&str; 13] = [
    "/",
    "/keluarga",
    "/keluarga?cari={siti}",
    "/keluarga/{family}",
    "/wilayah/99.01",
    "/daftar",
    "/daftar/{list}",
    "/verval/{round}",
    "/penetapan/{determination}",
    "/program/{programme}",
    "/penyaluran/{event}",
    "/kepala-dinas",
    "/bupati",
];

/// Who asks: office staff for the daily work, the others for their own pages.
const LOGINS: [&str; 3] = ["rina", "bahtiar", "bupati"];

struct Page {
    /// As in [`PAGES`].
    name: &'static str,
    path: String,
    login: &'static str,
    cookie: String,
    bytes: usize,
    alone: Vec<f64>,
}

pub async fn run(mut options: Load) -> anyhow::Result<()> {
    ensure!(options.address.ip().is_loopback(), "only the same machine is measured: {} is another", options.address);
    let host = options.address.to_string();
    let mut connection = Connection::open(&host).await?;
    let mut sessions = Vec::new();
    for login in LOGINS {
        sessions.push((login, log_in(&mut connection, login).await?));
    }
    let siti = search_key(&mut connection, &sessions[0].1, "siti").await?;
    if let Some(family) = first_family(&mut connection, &sessions[0].1, &siti).await? {
        options.id.push(("family".to_owned(), family));
    }
    options.id.push(("siti".to_owned(), siti));
    let mut pages = Vec::new();
    for name in PAGES {
        match probe(&mut connection, name, &options, &sessions).await? {
            Some(page) => pages.push(page),
            None => println!("{}", json!({ "missing": name })),
        }
    }
    ensure!(!pages.is_empty(), "no page answered");
    for page in &mut pages {
        for _ in 0..options.alone {
            let begun = Instant::now();
            connection.get(&page.path, &page.cookie, true).await?;
            page.alone.push(begun.elapsed().as_secs_f64());
        }
    }
    drop(connection);
    crowd(&host, Arc::new(pages), &options).await
}

async fn log_in(connection: &mut Connection, login: &str) -> anyhow::Result<String> {
    let answer = connection.post("/masuk", "", &format!("login={login}&password={PASSWORD}&ke=/")).await?;
    ensure!(answer.status == 303, "{login} could not log in: {}", answer.status);
    answer.cookie.with_context(|| format!("{login} got no session"))
}

/// Looks for a word; its key stands in the address of the answer.
async fn search_key(connection: &mut Connection, cookie: &str, word: &str) -> anyhow::Result<String> {
    let answer = connection.post("/cari", cookie, &format!("di=/keluarga&cari={word}")).await?;
    let key = answer.location.and_then(|address| Some(address.split_once("cari=")?.1.to_owned()));
    key.context("the search led to no page")
}

/// The first family whose page the search links.
async fn first_family(connection: &mut Connection, cookie: &str, key: &str) -> anyhow::Result<Option<String>> {
    let answer = connection.get(&format!("/keluarga?cari={key}"), cookie, false).await?;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    Ok(text.split("href=\"/keluarga/").skip(1).find_map(|rest| {
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!id.is_empty()).then_some(id)
    }))
}

async fn probe(
    connection: &mut Connection,
    name: &'static str,
    options: &Load,
    sessions: &[(&'static str, String)],
) -> anyhow::Result<Option<Page>> {
    let mut path = name.to_owned();
    for (word, id) in &options.id {
        path = path.replace(&format!("{{{word}}}"), id);
    }
    if path.contains('{') {
        return Ok(None);
    }
    for (login, cookie) in sessions {
        let answer = connection.get(&path, cookie, true).await?;
        if answer.status == 200 {
            let cookie = cookie.clone();
            return Ok(Some(Page { name, path, login, cookie, bytes: answer.bytes, alone: Vec::new() }));
        }
    }
    Ok(None)
}

/// Everybody at once, until the time is over; then the figures.
async fn crowd(host: &str, pages: Arc<Vec<Page>>, options: &Load) -> anyhow::Result<()> {
    let begun = Instant::now();
    let end = begun + Duration::from_secs(options.seconds);
    let mut users = Vec::new();
    for user in 0..options.users {
        let (host, pages) = (host.to_owned(), Arc::clone(&pages));
        users.push(tokio::spawn(async move {
            let mut times: Vec<Vec<f64>> = vec![Vec::new(); pages.len()];
            let mut failed = 0_u64;
            let mut connection = Connection::open(&host).await?;
            // each begins at another page and goes on in another stride, so that they do not march in step
            let stride = (1..pages.len()).filter(|stride| coprime(*stride, pages.len())).collect::<Vec<_>>();
            let stride = stride.get(user % stride.len().max(1)).copied().unwrap_or(1);
            let mut at = user % pages.len();
            while Instant::now() < end {
                let asked = Instant::now();
                let answer = connection.get(&pages[at].path, &pages[at].cookie, true).await?;
                if answer.status == 200 {
                    times[at].push(asked.elapsed().as_secs_f64());
                } else {
                    failed += 1;
                }
                at = (at + stride) % pages.len();
            }
            Ok::<_, anyhow::Error>((times, failed))
        }));
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); pages.len()];
    let mut failed = 0;
    for user in users {
        let (own, own_failed) = user.await??;
        for (all, own) in times.iter_mut().zip(own) {
            all.extend(own);
        }
        failed += own_failed;
    }
    let seconds = begun.elapsed().as_secs_f64();
    let mut all: Vec<f64> = times.iter().flatten().copied().collect();
    for (page, times) in pages.iter().zip(&mut times) {
        let mut alone = page.alone.clone();
        println!(
            "{}",
            json!({
                "page": page.name, "login": page.login, "bytes": page.bytes, "requests": times.len(),
                "alone": at(&mut alone, 0.5), "p50": at(times, 0.5), "p99": at(times, 0.99),
            })
        );
    }
    let per_second = all.len() as f64 / seconds;
    println!(
        "{}",
        json!({
            "users": options.users, "seconds": seconds, "requests": all.len(), "failed": failed,
            "per_second": per_second, "p50": at(&mut all, 0.5), "p99": at(&mut all, 0.99),
        })
    );
    Ok(())
}

/// Milliseconds below which this share of the times lies.
fn at(times: &mut [f64], share: f64) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    let last = times.len().checked_sub(1)?;
    Some(times[(last as f64 * share).round() as usize] * 1_000.0)
}

fn coprime(mut a: usize, mut b: usize) -> bool {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}
