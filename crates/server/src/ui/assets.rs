//! Style, script and fonts: inside the program, cached for ever.
//!
//! The address carries one stamp over all files, `/aset/1a2b3c4d/css/theme.css`, so that the fonts and modules a file
//! names by relative address (`../vendor/inter.woff2`, `./upload.js`) change their address with every release too.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use crate::router::{Need, Route, get};

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Assets;

static STAMP: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Assets::iter().collect();
    names.sort();
    let mut all = Sha256::new();
    for file in names.iter().filter_map(|name| Assets::get(name)) {
        all.update(file.metadata.sha256_hash());
    }
    let digest = all.finalize();
    format!("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
});

pub fn routes() -> Vec<Route> {
    vec![get("/aset/{*path}", Need::Public, serve)]
}

/// `/aset/1a2b3c4d/css/theme.css`
pub fn address(path: &str) -> String {
    format!("/aset/{}/{path}", *STAMP)
}

async fn serve(Path(path): Path<String>) -> Response {
    let Some((stamp, name)) = path.split_once('/') else { return StatusCode::NOT_FOUND.into_response() };
    let Some(file) = Assets::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let kind = HeaderValue::from_str(kind.as_ref()).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    // A page of an older release still gets its files, but does not keep them; nor does anyone while developing, when
    // files are read from disk.
    let keep = if stamp == *STAMP && !cfg!(debug_assertions) {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], file.data).into_response()
}

/// Whether the files that are fetched at build time are inside.
pub fn complete() -> bool {
    ["vendor/govuk.css", "vendor/inter.woff2", "vendor/htmx.js"].iter().all(|path| Assets::get(path).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_served_under_its_stamp_and_an_older_one_is_not_kept() {
        let path = address("css/theme.css");
        let now = serve(Path(path.trim_start_matches("/aset/").to_owned())).await;
        assert_eq!(now.status(), StatusCode::OK);
        assert_eq!(now.headers()["content-type"], "text/css");
        let old = serve(Path("00000000/css/theme.css".to_owned())).await;
        assert_eq!(
            (old.status(), &old.headers()["cache-control"]),
            (StatusCode::OK, &HeaderValue::from_static("no-cache"))
        );
        assert_eq!(serve(Path("theme.css".to_owned())).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(serve(Path(format!("{}/../Cargo.toml", *STAMP))).await.status(), StatusCode::NOT_FOUND);
    }
}
