//! Packed records on disk: Parquet files in a folder of their own, which is removed when the run ends, however it ends.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use datafusion::{
    arrow::{
        array::{LargeBinaryBuilder, ListBuilder, RecordBatch, UInt32Builder},
        datatypes::{DataType, Field, Schema},
    },
    parquet::{
        arrow::ArrowWriter,
        basic::{Compression, ZstdLevel},
        file::properties::WriterProperties,
    },
};
use linkage::block::parcel::Sender;
use rayon::prelude::*;

use crate::plan::{BUCKETS, RECORD};

/// Records in one file.
const ROWS: u32 = 1 << 16;
/// Records written at once.
const BATCH: u32 = 1 << 13;

/// A folder with packed records: personal data, for the eyes of this user only.
#[derive(Debug)]
pub struct Folder(PathBuf);

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// Records that share a block with another.
    pub records: u64,
    /// Records and the buckets they go to: lines of the shuffle.
    pub sent: u64,
    /// Bytes of the shuffle before compression.
    pub bytes: u64,
}

impl Folder {
    /// A new folder inside `within`, which every executor must see under the same path.
    pub fn new(within: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(within).with_context(|| within.display().to_string())?;
        let within = within.canonicalize().with_context(|| within.display().to_string())?;
        let path = within.join(format!(".tuntas-linkage-{}", uuid::Uuid::new_v4().simple()));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).with_context(|| path.display().to_string())?;
        Ok(Self(path))
    }

    /// Its path, from the root.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Packs all records into files.
    pub fn write(&self, sender: &Sender<'_>, records: usize) -> anyhow::Result<Written> {
        let item = Arc::new(Field::new("item", DataType::UInt32, true));
        let schema = Arc::new(Schema::new(vec![
            Field::new(BUCKETS, DataType::List(item.clone()), false),
            Field::new(RECORD, DataType::LargeBinary, false),
        ]));
        // all records differ, so a dictionary of them or their smallest and largest are only work
        let properties = WriterProperties::builder()
            .set_dictionary_enabled(false)
            .set_statistics_enabled(datafusion::parquet::file::properties::EnabledStatistics::None)
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .build();
        let records = u32::try_from(records)?;
        let files: Vec<u32> = (0..records.div_ceil(ROWS)).collect();
        let write = |file: &u32| -> anyhow::Result<Written> {
            let path = self.0.join(format!("{file:06}.parquet"));
            let out = File::create(&path).with_context(|| path.display().to_string())?;
            let mut writer = ArrowWriter::try_new(out, schema.clone(), Some(properties.clone()))?;
            let mut written = Written::default();
            let (mut parcel, mut to) = (Vec::new(), Vec::new());
            let end = ((file + 1) * ROWS).min(records);
            let mut from = file * ROWS;
            while from < end {
                let until = (from + BATCH).min(end);
                let mut buckets = ListBuilder::new(UInt32Builder::new()).with_field(item.clone());
                let mut parcels = LargeBinaryBuilder::new();
                for row in from..until {
                    sender.pack(row, &mut parcel, &mut to);
                    if to.is_empty() {
                        continue;
                    }
                    buckets.append_value(to.iter().map(|bucket| Some(*bucket)));
                    parcels.append_value(&parcel);
                    written.records += 1;
                    written.sent += to.len() as u64;
                    written.bytes += (to.len() * (parcel.len() + 4)) as u64;
                }
                let batch =
                    RecordBatch::try_new(schema.clone(), vec![Arc::new(buckets.finish()), Arc::new(parcels.finish())])?;
                writer.write(&batch)?;
                from = until;
            }
            writer.close()?;
            Ok(written)
        };
        files.par_iter().map(write).try_reduce(Written::default, |a, b| {
            Ok(Written { records: a.records + b.records, sent: a.sent + b.sent, bytes: a.bytes + b.bytes })
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!("{} holds packed records and could not be removed: {error}", self.0.display());
        }
    }
}
