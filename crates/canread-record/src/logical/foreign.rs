//! Types of others that mean the same: of the standard library, and of crates behind features.

use super::{ExactDuration, ParseValueError};

const TOO_LONG: ParseValueError = ParseValueError::new("a span of at most 10,000 years");
#[cfg(feature = "std")]
const TOO_FAR: ParseValueError = ParseValueError::new("a time of the years 1 to 9999");

/// Lets a type stand in fields by a type of ours: `Ours::try_from(theirs)` and `Theirs::try_from(ours)`.
macro_rules! through {
    ($theirs:ty => $ours:ty, absent $absent:expr) => {
        impl $crate::Shaped for $theirs {
            const SHAPE: $crate::Shape = <$ours as $crate::Shaped>::SHAPE;
        }

        impl $crate::ListItem for $theirs {}

        impl $crate::Encode for $theirs {
            #[inline]
            fn encode<F: $crate::Field, W: $crate::Writer>(&self, writer: &mut W) {
                match <$ours>::try_from(*self) {
                    Ok(value) => $crate::Encode::encode::<F, W>(&value, writer),
                    Err(_) => writer.fail::<F>(canread_wire::EncodeErrorKind::OutOfRange),
                }
            }
        }

        impl<'de> $crate::Decode<'de> for $theirs {
            #[inline]
            fn absent(_: $crate::Format) -> Self {
                $absent
            }

            #[inline]
            fn decode<F: $crate::Field, R: $crate::Reader<'de>>(&mut self, reader: &mut R) -> $crate::Step<()> {
                let mut value =
                    <$ours>::try_from(*self).unwrap_or_else(|_| <$ours as $crate::Decode<'de>>::absent(R::FORMAT));
                $crate::Decode::decode::<F, R>(&mut value, reader)?;
                *self = value.try_into().map_err(|_| $crate::Fault::Time)?;
                Ok(())
            }
        }
    };
}

impl TryFrom<core::time::Duration> for ExactDuration {
    type Error = ParseValueError;

    fn try_from(span: core::time::Duration) -> Result<Self, ParseValueError> {
        let seconds = i64::try_from(span.as_secs()).map_err(|_| TOO_LONG)?;
        Self::new(seconds, span.subsec_nanos().cast_signed()).ok_or(TOO_LONG)
    }
}

impl TryFrom<ExactDuration> for core::time::Duration {
    type Error = ParseValueError;

    /// A span backwards is none of the standard library's.
    fn try_from(span: ExactDuration) -> Result<Self, ParseValueError> {
        let backwards = ParseValueError::new("a span forwards");
        let seconds = u64::try_from(span.seconds()).map_err(|_| backwards)?;
        let nanos = u32::try_from(span.nanos()).map_err(|_| backwards)?;
        Ok(Self::new(seconds, nanos))
    }
}

through!(core::time::Duration => ExactDuration, absent core::time::Duration::ZERO);

#[cfg(feature = "std")]
mod system_time {
    use std::time::{Duration, SystemTime};

    use super::{super::Timestamp, ParseValueError, TOO_FAR};

    impl TryFrom<SystemTime> for Timestamp {
        type Error = ParseValueError;

        fn try_from(time: SystemTime) -> Result<Self, ParseValueError> {
            let (seconds, nanos) = match time.duration_since(SystemTime::UNIX_EPOCH) {
                Ok(after) => (i64::try_from(after.as_secs()).ok(), after.subsec_nanos()),
                Err(before) => {
                    let before = before.duration();
                    // The nanoseconds count forwards from the second before.
                    let nanos = before.subsec_nanos();
                    let seconds = i64::try_from(before.as_secs()).ok().and_then(i64::checked_neg);
                    match nanos {
                        0 => (seconds, 0),
                        _ => (
                            seconds.and_then(|seconds| seconds.checked_sub(1)),
                            1_000_000_000_u32.saturating_sub(nanos),
                        ),
                    }
                }
            };
            seconds.and_then(|seconds| Self::new(seconds, nanos)).ok_or(TOO_FAR)
        }
    }

    impl TryFrom<Timestamp> for SystemTime {
        type Error = ParseValueError;

        /// What the machine's clock has no room or no digits for is refused.
        fn try_from(time: Timestamp) -> Result<Self, ParseValueError> {
            let seconds = Duration::from_secs(time.seconds().unsigned_abs());
            let second = if time.seconds() < 0 {
                Self::UNIX_EPOCH.checked_sub(seconds)
            } else {
                Self::UNIX_EPOCH.checked_add(seconds)
            };
            second.and_then(|second| second.checked_add(Duration::from_nanos(time.nanos().into()))).ok_or(TOO_FAR)
        }
    }

    through!(SystemTime => Timestamp, absent SystemTime::UNIX_EPOCH);
}
