//! The limits of the API.

use super::operators::{self, Place};
use super::query::{Node, Operand, Operator, Query};
use super::value::{Value, ValueKind};
use crate::error::InvalidField;

/// The maximum number of filters, or groups, in one group of a [`Query`].
pub const MAX_FILTERS: usize = 15;

/// How deep groups may be nested.
const MAX_LEVELS: usize = 2;

/// Checks a query; of a search that is known, also which operators its fields take.
pub(super) fn query(query: &Query, place: Option<Place<'_>>) -> Result<(), InvalidField> {
    below(query, "", 1, place)
}

/// Checks the part at `path`; a group there is at this level below the root.
fn below(
    query: &Query,
    path: &str,
    level: usize,
    place: Option<Place<'_>>,
) -> Result<(), InvalidField> {
    match &query.0 {
        Node::Unchecked(_) => Ok(()),
        Node::Filter {
            field,
            operator,
            operand,
        } => filter(field, *operator, operand, place).map_err(|reason| {
            let name = match field.trim() {
                "" => "no field".to_owned(),
                _ => field.escape_debug().to_string(),
            };
            InvalidField::new(named(path, &name), reason)
        }),
        Node::Group(combination, parts) => {
            let wrong = |reason| InvalidField::new(named(path, combination.wire()), reason);
            if level > MAX_LEVELS {
                let reason = format!("it is within {MAX_LEVELS} groups, and the API takes no more");
                return Err(wrong(reason));
            }
            match parts.len() {
                0 => return Err(wrong("a group needs one filter at least".to_owned())),
                1..=MAX_FILTERS => {}
                count => {
                    let reason = format!("{count} filters, and the API takes {MAX_FILTERS}");
                    return Err(wrong(reason));
                }
            }
            let dot = if path.is_empty() { "" } else { "." };
            for (index, part) in parts.iter().enumerate() {
                let path = format!("{path}{dot}value[{index}]");
                below(part, &path, level + 1, place)?;
            }
            Ok(())
        }
    }
}

/// `value[3] (created_at)`.
fn named(path: &str, name: &str) -> String {
    let space = if path.is_empty() { "" } else { " " };
    format!("{path}{space}({name})")
}

fn filter(
    field: &str,
    operator: Operator,
    operand: &Operand,
    place: Option<Place<'_>>,
) -> Result<(), String> {
    if field.trim().is_empty() {
        return Err("the name of the field is empty".to_owned());
    }
    let problem = place.and_then(|place| operators::problem(place, field, operator));
    if let Some(problem) = problem {
        return Err(problem);
    }
    let sign = operator.wire();
    match operand {
        Operand::One(Value(ValueKind::Null)) if operator.orders() => {
            Err(format!("`{sign}` does not compare with null"))
        }
        Operand::One(Value(ValueKind::Truth(_))) if operator.orders() => {
            Err(format!("`{sign}` does not compare with true or false"))
        }
        Operand::One(value) => finite(value),
        Operand::Many(values) if values.is_empty() => {
            Err(format!("`{sign}` needs one value at least"))
        }
        Operand::Many(values) => {
            for value in values {
                if matches!(value.0, ValueKind::Null) {
                    return Err(format!("a value of `{sign}` is null"));
                }
            }
            for value in values {
                finite(value)?;
            }
            Ok(())
        }
    }
}

fn finite(value: &Value) -> Result<(), String> {
    match value.0 {
        ValueKind::NotFinite => Err("the number is not finite".to_owned()),
        _ => Ok(()),
    }
}
