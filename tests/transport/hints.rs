//! How long the server asks to wait, in all the forms in which it says so.
