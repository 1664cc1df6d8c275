//! The ids of resources, which have to be there.

use std::{cell::Cell, marker::PhantomData};

use serde::de::{Error, MapAccess};

use super::{Fields, lenient::Seed};

/// Reads an id; null is as good as none.
pub(crate) fn id<'de, A: MapAccess<'de>>(field: &mut String, map: &mut A) -> Result<(), A::Error> {
    if let Some(id) = map.next_value_seed(Seed::<Option<String>>(PhantomData))? {
        *field = id;
    }
    Ok(())
}

thread_local! {
    /// Whether a resource may come without its id, for as long as what could be read of a body is looked at.
    static WITHOUT_IDS: Cell<bool> = const { Cell::new(false) };
}

/// Reads something in which resources may lack their ids.
pub(crate) fn without_ids<T>(read: impl FnOnce() -> T) -> T {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            WITHOUT_IDS.set(false);
        }
    }
    let _reset = Reset;
    WITHOUT_IDS.set(true);
    read()
}

/// An error if the object lacks its id.
pub(super) fn check<T: Fields, E: Error>(object: &T) -> Result<(), E> {
    match object.missing() {
        Some(field) if !WITHOUT_IDS.get() => Err(E::missing_field(field)),
        _ => Ok(()),
    }
}
