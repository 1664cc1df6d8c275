//! The rate limit that calls share.
