//! A made-up district (99.01), builders, and the harness that runs a test on both databases.
