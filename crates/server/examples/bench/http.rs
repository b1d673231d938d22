//! HTTP/1.1 over one kept connection, as much of it as the measurement needs: a browser's headers, bodies by length or in
//! chunks, read and thrown away.

use anyhow::{Context, bail, ensure};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Of the body as sent, compressed where the server compresses.
    pub bytes: usize,
    /// `name=value` of the session's cookie, when it was set.
    pub cookie: Option<String>,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

impl Connection {
    pub async fn open(host: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(host).await.with_context(|| format!("nobody listens on {host}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: host.to_owned() })
    }

    /// A page as a browser asks for it.
    pub async fn get(&mut self, path: &str, cookie: &str, compressed: bool) -> anyhow::Result<Answer> {
        let encoding = if compressed { "gzip, br" } else { "identity" };
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\naccept-encoding: {encoding}\r\ncookie: {cookie}\r\n\r\n",
            self.host
        );
        self.send(&request).await
    }

    /// A form from a page of the same site.
    pub async fn post(&mut self, path: &str, cookie: &str, form: &str) -> anyhow::Result<Answer> {
        let host = &self.host;
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncookie: {cookie}\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        self.send(&request).await
    }

    async fn send(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let status_line = self.line().await?;
        let status = status_line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.with_context(|| format!("no answer of HTTP: {status_line}"))?;
        let mut answer = Answer { status, bytes: 0, cookie: None, location: None, body: Vec::new() };
        let (mut length, mut chunked) = (None, false);
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { bail!("no header: {line}") };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Some(value.parse::<usize>()?),
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "location" => answer.location = Some(value.to_owned()),
                "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        if chunked {
            loop {
                let size = self.line().await?;
                let size = usize::from_str_radix(size.split(';').next().unwrap_or_default(), 16)
                    .with_context(|| format!("no size of a chunk: {size}"))?;
                self.take(size, &mut answer.body).await?;
                let end = self.line().await?;
                ensure!(end.is_empty(), "a chunk is longer than it says");
                if size == 0 {
                    break;
                }
            }
        } else {
            self.take(length.unwrap_or(0), &mut answer.body).await?;
        }
        answer.bytes = answer.body.len();
        Ok(answer)
    }

    async fn take(&mut self, bytes: usize, into: &mut Vec<u8>) -> anyhow::Result<()> {
        let begin = into.len();
        into.resize(begin + bytes, 0);
        self.stream.read_exact(&mut into[begin..]).await?;
        Ok(())
    }

    async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line).await? > 0, "the connection was closed");
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
