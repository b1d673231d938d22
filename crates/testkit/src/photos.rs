//! Photos as a phone makes them: with data hidden in them that must not stay.

/// Words hidden in the EXIF block of [`with_exif`].
pub const SECRET: &str = "GPS-RAHASIA";

/// The JPEG with an EXIF block that says "turn me right" (orientation 6) and carries [`SECRET`].
pub fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    // one directory of two entries: maker (0x010F) = "HP", orientation (0x0112) = 6
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x0F\0\x02\0\0\0\x03HP\0\0");
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\0\0\0\0");
    exif.extend(SECRET.as_bytes());
    let mut photo = jpeg[..2].to_vec();
    photo.extend([0xFF, 0xE1]);
    photo.extend(u16::try_from(exif.len() + 2).expect("short").to_be_bytes());
    photo.extend(exif);
    photo.extend(&jpeg[2..]);
    photo
}
