//! Photos are drawn anew before they are kept: at most 1280 px, JPEG, upright, without the data a camera hides in them
//! (place, time, device). The browser does the same where it can; here it is done for certain.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
};

/// The longest side of a kept photo, pixels.
pub const LONGEST: u32 = 1280;
const QUALITY: u8 = 80;
/// A picture of more pixels than any phone takes is refused before it is unpacked.
const LARGEST_SIDE: u32 = 16_000;

#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// Not a JPEG or PNG, broken, or far too large.
    #[error("not a photo that can be read")]
    Unreadable(#[source] image::ImageError),
    #[error("the photo could not be written")]
    Write(#[source] image::ImageError),
    #[error("the work was interrupted")]
    Interrupted,
}

/// The photo as it is kept.
pub async fn redraw(bytes: Vec<u8>) -> Result<Vec<u8>, PhotoError> {
    tokio::task::spawn_blocking(move || redraw_now(&bytes)).await.map_err(|_| PhotoError::Interrupted)?
}

fn redraw_now(bytes: &[u8]) -> Result<Vec<u8>, PhotoError> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| PhotoError::Unreadable(e.into()))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(PhotoError::Unreadable)?;
    let upright = decoder.orientation().map_err(PhotoError::Unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(PhotoError::Unreadable)?;
    picture.apply_orientation(upright);
    if picture.width().max(picture.height()) > LONGEST {
        picture = picture.resize(LONGEST, LONGEST, FilterType::Triangle);
    }
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(PhotoError::Write)?;
    debug_assert_eq!(image::guess_format(&out).ok(), Some(ImageFormat::Jpeg));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use testkit::photos::{SECRET, with_exif};

    use super::*;

    #[test]
    fn hidden_data_are_gone_and_the_photo_stands_upright() {
        let mut plain = Vec::new();
        let picture = image::RgbImage::from_fn(1600, 900, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 90)).expect("encodes");
        let photo = with_exif(&plain);
        let has = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(has(&photo, "Exif") && has(&photo, SECRET));
        let kept = redraw_now(&photo).expect("redraws");
        assert!(!has(&kept, "Exif") && !has(&kept, SECRET));
        let picture = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).expect("a JPEG");
        assert_eq!((picture.width(), picture.height()), (720, 1280), "turned as the camera said, then made small");
    }

    #[test]
    fn a_small_photo_keeps_its_size_and_what_is_no_photo_is_refused() {
        let mut png = Vec::new();
        image::RgbImage::new(40, 30).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).expect("encodes");
        let kept = redraw_now(&png).expect("redraws");
        let picture = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).expect("a JPEG");
        assert_eq!((picture.width(), picture.height()), (40, 30));
        assert!(matches!(redraw_now(b"%PDF-1.7"), Err(PhotoError::Unreadable(_))));
    }
}
