//! Passwords: argon2id with the library's recommended cost, always off the threads that serve pages.

use anyhow::anyhow;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// The shortest password taken (characters). Length counts, not kinds of letters (NIST SP 800-63B).
pub const SHORTEST: usize = 10;

/// The hash to keep, as a PHC string.
pub async fn hash(password: &str) -> anyhow::Result<String> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || hash_now(&password)).await?
}

/// The same on the current thread, for the command line.
pub fn hash_now(password: &str) -> anyhow::Result<String> {
    let hash =
        Argon2::default().hash_password(password.as_bytes()).map_err(|e| anyhow!("failed to hash a password: {e}"))?;
    Ok(hash.to_string())
}

/// Whether the password is the one of the hash. With `None` the same time is spent, so that nobody learns which logins exist.
pub async fn verify(password: &str, hash: Option<&str>) -> anyhow::Result<bool> {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    tokio::task::spawn_blocking(move || {
        let Some(hash) = hash else {
            hash_now(&password)?;
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash).map_err(|e| anyhow!("a stored password hash is unreadable: {e}"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let stored = hash("kata sandi panjang").await.expect("hashes");
        assert!(verify("kata sandi panjang", Some(&stored)).await.expect("verifies"));
        assert!(!verify("kata sandi pendek", Some(&stored)).await.expect("verifies"));
        assert!(!verify("apa pun", None).await.expect("verifies"));
    }
}
