//! The target of a row: operator and value read together.

use rust_decimal::Decimal;

use crate::vocabulary::{
    date::{self, Date},
    number::{self, NumberFault},
    operator::Operator,
};

/// What a row promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A number to be reached or kept.
    Number(Operator, Decimal),
    /// A deadline, typed under 定性.
    Deadline(Date),
    /// Any other text under 定性.
    Qualitative(String),
}

/// Why a target cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetFault {
    /// No operator was typed.
    NoOperator,
    /// The operator is not one of the six.
    UnknownOperator,
    /// No value was typed.
    NoValue,
    /// The value under a sign is no usable number.
    Number(NumberFault),
}

/// Reads operator and value as typed.
///
/// # Errors
/// The first fault, the operator's before the value's.
pub fn read(operator: &str, value: &str) -> Result<Target, TargetFault> {
    if operator.trim().is_empty() {
        return Err(TargetFault::NoOperator);
    }
    let operator = Operator::parse(operator).ok_or(TargetFault::UnknownOperator)?;
    let value = value.trim();
    if value.is_empty() {
        return Err(TargetFault::NoValue);
    }
    if operator != Operator::Qualitative {
        return number::parse(value)
            .map(|number| Target::Number(operator, number))
            .map_err(TargetFault::Number);
    }
    Ok(date::deadline(value, None).map_or_else(|| Target::Qualitative(value.to_owned()), Target::Deadline))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_three_sorts() {
        assert_eq!(read(">=", "９５"), Ok(Target::Number(Operator::Ge, Decimal::from(95))));
        assert_eq!(read("定性", "效果明显"), Ok(Target::Qualitative("效果明显".into())));
        assert!(matches!(read("定性", "2026年12月31日前"), Ok(Target::Deadline(_))));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(read("", "95"), Err(TargetFault::NoOperator));
        assert_eq!(read("约", "95"), Err(TargetFault::UnknownOperator));
        assert_eq!(read("≥", " "), Err(TargetFault::NoValue));
        assert_eq!(read("≥", "abc"), Err(TargetFault::Number(NumberFault::NotANumber)));
    }
}
