//! Scores, ranking, quotas. Pure; knows no database.
