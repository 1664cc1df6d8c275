//! The limiters of the tokens of one client, and of the clients derived from it.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use http::HeaderValue;

use super::Limiter;

/// One limiter for each token, for as long as it is used.
pub(crate) struct Limiters {
    is_on: bool,
    known: Mutex<KnownLimiters>,
}

struct KnownLimiters {
    /// In the order of the tokens.
    by_token: Vec<(HeaderValue, Weak<Limiter>)>,
    /// At this size limiters that are not used any more are removed.
    sweep_at: usize,
}

const MIN_SWEEP_SIZE: usize = 64;

impl Limiters {
    pub(crate) fn new(is_on: bool) -> Arc<Self> {
        let known = KnownLimiters {
            by_token: Vec::new(),
            sweep_at: MIN_SWEEP_SIZE,
        };
        Arc::new(Self {
            is_on,
            known: Mutex::new(known),
        })
    }

    /// Returns the limiter of a token; of a token that is not known beforehand, a new one.
    pub(crate) fn for_token(&self, token: Option<HeaderValue>) -> Arc<Limiter> {
        let Some(token) = token else {
            return Limiter::new(self.is_on);
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.by_token.len() >= known.sweep_at {
            known
                .by_token
                .retain(|(_, limiter)| limiter.strong_count() > 0);
            known.sweep_at = MIN_SWEEP_SIZE.max(2 * known.by_token.len());
        }
        let place = known
            .by_token
            .binary_search_by(|(other, _)| other.cmp(&token));
        if let Ok(place) = place
            && let Some(limiter) = known.by_token[place].1.upgrade()
        {
            return limiter;
        }
        let limiter = Limiter::new(self.is_on);
        let entry = (token, Arc::downgrade(&limiter));
        match place {
            Ok(place) => known.by_token[place] = entry,
            Err(place) => known.by_token.insert(place, entry),
        }
        limiter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(number: u32) -> Option<HeaderValue> {
        HeaderValue::try_from(format!("Bearer {number}")).ok()
    }

    #[test]
    fn a_token_has_one_limiter_for_as_long_as_it_is_used() {
        let limiters = Limiters::new(true);
        let first = limiters.for_token(token(1));
        assert!(Arc::ptr_eq(&first, &limiters.for_token(token(1))));
        assert!(!Arc::ptr_eq(&first, &limiters.for_token(token(2))));
        assert!(!Arc::ptr_eq(
            &limiters.for_token(None),
            &limiters.for_token(None)
        ));
    }

    #[test]
    fn tokens_that_come_and_go_are_forgotten() {
        let limiters = Limiters::new(true);
        let kept: Vec<_> = (0..100)
            .map(|number| limiters.for_token(token(number)))
            .collect();
        for number in 100..200_000 {
            drop(limiters.for_token(token(number)));
        }
        let known = limiters.known.lock().unwrap();
        assert!(
            known.by_token.len() <= 2 * kept.len() + 1,
            "{}",
            known.by_token.len()
        );
    }
}
