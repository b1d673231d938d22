//! Small files that come with a form (photos, scans, a workbook of results): held in memory, within the limit of the
//! route. Lists, which are large, are streamed to disk by their own stage.

use axum::{
    extract::{FromRequest, Multipart, Request},
    http::header,
};

use crate::{AppError, forms::Form};

/// A form as sent, with or without files.
#[derive(Debug, Default)]
pub struct Sent {
    pub form: Form,
    files: Vec<SentFile>,
}

/// A file of a form.
#[derive(Debug)]
pub struct SentFile {
    pub field: String,
    /// Without its folders; shown to people, never used as a path.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Sent {
    /// The file of a field, when one was chosen.
    pub fn take(&mut self, field: &str) -> Option<SentFile> {
        let at = self.files.iter().position(|file| file.field == field)?;
        Some(self.files.swap_remove(at))
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            return Ok(Self { form: Form::from_request(request, state).await?, files: Vec::new() });
        }
        let bad = |error: &dyn std::fmt::Display| AppError::BadRequest(error.to_string());
        let mut parts = Multipart::from_request(request, state).await.map_err(|e| bad(&e))?;
        let mut pairs = Vec::new();
        let mut files = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(|e| bad(&e))? {
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
            match name {
                None => pairs.push((field, part.text().await.map_err(|e| bad(&e))?)),
                Some(name) => {
                    let bytes = part.bytes().await.map_err(|e| bad(&e))?.to_vec();
                    if !bytes.is_empty() {
                        files.push(SentFile { field, name, bytes });
                    }
                }
            }
        }
        Ok(Self { form: Form::from_pairs(pairs), files })
    }
}
