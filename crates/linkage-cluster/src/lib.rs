//! The blocks of record linkage gone through by a query engine: DataFusion inside this process, or Ballista on several machines.
//!
//! Without the feature `cluster` this crate is empty and no engine is compiled.
//!
//! # The way of the data
//! 1. The driver (`tuntas link`) reads and standardises the lists, trains the model and finds the blocks, as ever: that grows with the
//!    number of records. [`linkage::block::parcel::Sender`] packs every record that shares a block with another.
//! 2. [`parcels`] writes them as Parquet files into a folder that every executor sees: the record, and the buckets its blocks fall into.
//! 3. [`plan`]: unnest the buckets, shuffle by bucket, gather the records of a bucket, go through its blocks ([`plan::LinkBucket`], by the
//!    same code as on one machine), unnest the pairs. One shuffle, one function, no node of our own: what an executor must know besides
//!    the engine is the name of that function. What the function must know of the model stands in the plan as one constant.
//! 4. [`run`]: the pairs above the floor come back to the driver, which puts persons together and writes files as ever.
//! 5. [`serve`]: our own scheduler and executor, which know the function.
//!
//! The pairs, their weights and what each rule gave are those of the embedded run to the last bit.
#[cfg(feature = "cluster")]
pub mod parcels;
#[cfg(feature = "cluster")]
pub mod plan;
#[cfg(feature = "cluster")]
pub mod run;
#[cfg(feature = "cluster")]
pub mod serve;
