//! The database: migrations, one file of queries per stage, bulk loading.
