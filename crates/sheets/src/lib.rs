//! Spreadsheets and CSV in (streaming) and out.
