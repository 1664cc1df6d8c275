//! One kind of error for each way to fail, and all that an error tells.
