//! Any bytes are a list or a refusal: see `crates/sheets/tests/support/exercise.rs` for what is promised of every row.
#![no_main]

#[path = "../../crates/sheets/tests/support/exercise.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = exercise::exercise(bytes);
});
