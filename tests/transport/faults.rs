//! What each fault does to each kind of request: how often it is sent, and what the caller gets.
