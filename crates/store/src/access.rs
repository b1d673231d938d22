//! Users, roles, sessions, throttling.
