//! The plan, and the one function in it.

use std::sync::Arc;

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, FixedSizeBinaryBuilder, ListBuilder},
        datatypes::{DataType, Field, UInt32Type},
    },
    common::{Result, ScalarValue, exec_datafusion_err},
    functions_aggregate::expr_fn::array_agg,
    logical_expr::{
        ColumnarValue, Expr, Partitioning, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, col,
    },
    prelude::DataFrame,
};
use linkage::{block::parcel::Setup, score::Edge};

/// Columns of the files: the packed record, and the buckets it goes to.
pub const RECORD: &str = "record";
pub const BUCKETS: &str = "buckets";
/// The column of the result.
const PAIR: &str = "pair";

/// Bytes of a line: two rows, weight, pattern.
const BYTES: usize = 20;

/// What comes back of a bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line {
    Pair(Edge),
    /// In this bucket a rule gave so many pairs.
    Given {
        bucket: u32,
        rule: u32,
        pairs: u64,
    },
    /// This bucket was gone through, with so many records.
    Done {
        bucket: u32,
        records: u64,
    },
}

/// Stands for a row where a line is no pair.
const NO_ROW: u32 = u32::MAX;

impl Line {
    /// Left row, right row, weight, pattern; where it is no pair, no left row, and a rule, or none, for the right one.
    pub fn write(self) -> [u8; BYTES] {
        let (left, right, weight, pattern) = match self {
            Self::Pair(edge) => (edge.left, edge.right, edge.weight.to_bits(), edge.pattern),
            Self::Given { bucket, rule, pairs } => (NO_ROW, rule, bucket, pairs),
            Self::Done { bucket, records } => (NO_ROW, NO_ROW, bucket, records),
        };
        let mut out = [0; BYTES];
        out[..4].copy_from_slice(&left.to_le_bytes());
        out[4..8].copy_from_slice(&right.to_le_bytes());
        out[8..12].copy_from_slice(&weight.to_le_bytes());
        out[12..].copy_from_slice(&pattern.to_le_bytes());
        out
    }

    /// The way back; nothing for bytes of another length.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let (left, right, weight) = (word(0)?, word(4)?, word(8)?);
        let pattern = u64::from_le_bytes(bytes.get(12..)?.try_into().ok()?);
        Some(match (left, right) {
            (NO_ROW, NO_ROW) => Self::Done { bucket: weight, records: pattern },
            (NO_ROW, rule) => Self::Given { bucket: weight, rule, pairs: pattern },
            _ => Self::Pair(Edge { left, right, weight: f32::from_bits(weight), pattern }),
        })
    }
}

/// `linkage_link(bucket, records, setup)`: the pairs of a bucket, as a list. The setup is a constant.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct LinkBucket {
    signature: Signature,
}

impl Default for LinkBucket {
    fn default() -> Self {
        Self { signature: Signature::any(3, Volatility::Immutable) }
    }
}

fn item() -> Field {
    Field::new("item", DataType::FixedSizeBinary(BYTES as i32), true)
}

impl ScalarUDFImpl for LinkBucket {
    fn name(&self) -> &'static str {
        "linkage_link"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(Arc::new(item())))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [bucket, records, setup] = args.args.as_slice() else {
            return Err(exec_datafusion_err!("linkage_link takes a bucket, its records and the setup"));
        };
        let ColumnarValue::Scalar(ScalarValue::Binary(Some(setup))) = setup else {
            return Err(exec_datafusion_err!("the setup of linkage_link must be a constant"));
        };
        let setup = Setup::read(setup).map_err(|error| exec_datafusion_err!("{error}"))?;
        let bucket = bucket.to_array(args.number_rows)?;
        let records = records.to_array(args.number_rows)?;
        let wrong = |what: &str, is: &ArrayRef| exec_datafusion_err!("{what} of linkage_link are {}", is.data_type());
        let buckets = bucket.as_primitive_opt::<UInt32Type>().ok_or_else(|| wrong("buckets", &bucket))?;
        let lists = records.as_list_opt::<i32>().ok_or_else(|| wrong("records", &records))?;
        let mut out = ListBuilder::new(FixedSizeBinaryBuilder::new(BYTES as i32)).with_field(item());
        for at in 0..args.number_rows {
            let list = lists.value(at);
            let list = list.as_binary_opt::<i64>().ok_or_else(|| wrong("records", &list))?;
            // numbers only: what is in the records is nobody's business here
            tracing::debug!(bucket = buckets.value(at), records = list.len(), "bucket begun");
            let linked = setup
                .link(buckets.value(at), list.iter().flatten())
                .map_err(|error| exec_datafusion_err!("{error}"))?;
            tracing::debug!(bucket = buckets.value(at), pairs = linked.edges.len(), "bucket done");
            let bucket = buckets.value(at);
            let given = linked.pairs.iter().enumerate().filter(|(_, pairs)| **pairs > 0);
            let given = given.map(|(rule, pairs)| Line::Given { bucket, rule: rule as u32, pairs: *pairs });
            let done = Line::Done { bucket, records: linked.records };
            for line in linked.edges.iter().map(|edge| Line::Pair(*edge)).chain(given).chain([done]) {
                out.values().append_value(line.write())?;
            }
            out.append(true);
        }
        Ok(ColumnarValue::Array(Arc::new(out.finish())))
    }
}

/// Our function, for whoever runs plans.
pub fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(LinkBucket::default())
}

/// From the files of packed records to pairs, in so many tasks after the shuffle.
pub fn pairs(records: DataFrame, setup: Vec<u8>, tasks: usize) -> Result<DataFrame> {
    let setup = Expr::Literal(ScalarValue::Binary(Some(setup)), None);
    records
        .unnest_columns(&[BUCKETS])?
        .repartition(Partitioning::Hash(vec![col(BUCKETS)], tasks))?
        .aggregate(vec![col(BUCKETS)], vec![array_agg(col(RECORD)).alias(RECORD)])?
        .select(vec![function().call(vec![col(BUCKETS), col(RECORD), setup]).alias(PAIR)])?
        .unnest_columns(&[PAIR])
}
