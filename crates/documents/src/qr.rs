//! QR codes as vector drawings: one path, sharp on any printer.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use crate::Error;

/// The quiet zone a reader needs around the code, in modules.
const QUIET: usize = 4;

/// `text` as an SVG of one path, with its quiet zone. Medium correction: a fold or a stain does not stop a phone.
pub fn svg(text: &str) -> Result<String, Error> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Error::CodeTooLong { bytes: text.len() })?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"><path d=""#
    );
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(svg, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    svg.push_str("\"/></svg>");
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "https://tuntas.example/u/8f3kq2";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|module| **module == Color::Dark).count();
        let svg = svg(text).unwrap();
        let drawn: usize =
            svg.split('h').skip(1).filter_map(|part| part.split('v').next()?.parse::<usize>().ok()).sum();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn a_text_no_code_can_hold_is_refused() {
        assert!(matches!(svg(&"x".repeat(5000)), Err(Error::CodeTooLong { bytes: 5000 })));
    }
}
