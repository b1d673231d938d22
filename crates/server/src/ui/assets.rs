//! Style, script and fonts: inside the program, named with their digest, cached for ever.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::Embed;

use crate::router::{Need, Route, get};

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Assets;

pub fn routes() -> Vec<Route> {
    vec![get("/aset/{*path}", Need::Public, serve)]
}

/// `/aset/css/theme.css?v=1a2b3c4d`; without digest when there is no such file.
pub fn address(path: &str) -> String {
    match Assets::get(path) {
        Some(file) => {
            let digest: String = file.metadata.sha256_hash().iter().take(4).map(|b| format!("{b:02x}")).collect();
            format!("/aset/{path}?v={digest}")
        }
        None => format!("/aset/{path}"),
    }
}

async fn serve(Path(path): Path<String>) -> Response {
    let Some(file) = Assets::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let kind = HeaderValue::from_str(kind.as_ref()).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        ],
        file.data,
    )
        .into_response()
}

/// Whether the files that are fetched at build time are inside.
pub fn complete() -> bool {
    ["vendor/govuk.css", "vendor/inter.woff2", "vendor/htmx.js"].iter().all(|path| Assets::get(path).is_some())
}
