//! Attachments on disk, named by their SHA-256: the same bytes are kept once, nothing is ever overwritten.

use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

/// A file that was stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub sha256: String,
    pub size: i64,
}

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("failed to store the file")]
    Io(#[from] std::io::Error),
}

impl Files {
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(&sha256[..2]).join(sha256)
    }

    /// Streams `input` to disk, hashing; at most `limit` bytes. Only a complete file gets its name.
    pub async fn store(
        &self,
        input: &mut (impl AsyncRead + Unpin),
        limit: u64,
        token: &str,
    ) -> Result<Stored, FileError> {
        tokio::fs::create_dir_all(&self.folder).await?;
        let draft = self.folder.join(format!("{token}.part"));
        let written = self.write(&draft, input, limit).await;
        match written {
            Ok(stored) => {
                let path = self.path(&stored.sha256);
                if let Some(folder) = path.parent() {
                    tokio::fs::create_dir_all(folder).await?;
                }
                tokio::fs::rename(&draft, &path).await?;
                Ok(stored)
            }
            Err(e) => {
                // the half file must not stay; that it cannot be removed changes nothing for the user
                let _ = tokio::fs::remove_file(&draft).await;
                Err(e)
            }
        }
    }

    async fn write(&self, draft: &Path, input: &mut (impl AsyncRead + Unpin), limit: u64) -> Result<Stored, FileError> {
        let mut file = tokio::fs::File::create(draft).await?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut size: u64 = 0;
        loop {
            let read = input.read(&mut buffer).await?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if size > limit {
                return Err(FileError::TooLarge { limit });
            }
            digest.update(&buffer[..read]);
            file.write_all(&buffer[..read]).await?;
        }
        file.sync_all().await?;
        let sha256 = hex::encode(digest.finalize());
        Ok(Stored { sha256, size: size as i64 })
    }

    pub async fn store_bytes(&self, bytes: &[u8], token: &str) -> Result<Stored, FileError> {
        self.store(&mut &bytes[..], u64::MAX, token).await
    }

    /// Removes a file that nothing refers to any more; one that is gone already is no error.
    pub async fn remove(&self, sha256: &str) -> std::io::Result<()> {
        match tokio::fs::remove_file(self.path(sha256)).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    pub async fn open(&self, sha256: &str) -> anyhow::Result<tokio::fs::File> {
        let path = self.path(sha256);
        tokio::fs::File::open(&path).await.with_context(|| format!("failed to open attachment {}", path.display()))
    }
}
