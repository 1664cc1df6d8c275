//! The attempts of a call.

pub(crate) mod backoff;
pub(crate) mod budget;
pub(crate) mod policy;

use std::time::Duration;

use reqwest::Request;

use crate::error::Error;
use crate::error::NotRetried;
use crate::transport::call::Call;
use crate::transport::retry::budget::RetryToken;
use crate::wire::CallStats;

/// Makes attempts until one succeeds or there is to be no further one; returns their number and time with the outcome.
///
/// It can be dropped at any point: the cost of a pending retry then goes back to the budget.
pub(crate) async fn retry<T>(
    call: &Call,
    mut request: Box<Request>,
    attempt: impl AsyncFn(&Call, Box<Request>) -> Result<T, Error>,
) -> Result<(T, CallStats), Error> {
    let mut attempts = 0;
    let mut retry_token: Option<RetryToken> = None;
    let mut maybe_applied = false;
    loop {
        let next_request = if call.retry().retries() {
            copy(&request)
        } else {
            None
        };
        attempts += 1;
        let outcome = attempt(call, request).await;
        let stats = CallStats {
            attempts,
            elapsed: call.started.elapsed(),
        };
        let error = match outcome {
            Ok(value) => {
                if retry_token.is_none() {
                    call.core.settings.budget.deposit();
                }
                return Ok((value, stats));
            }
            Err(error) => error.with_stats(stats).with_maybe_applied(maybe_applied),
        };
        maybe_applied = error.may_have_acted();
        if let Some(retry_token) = retry_token.take() {
            retry_token.spend();
        }
        let Some(next_request) = next_request else {
            return Err(error);
        };
        let delay = match plan_retry(call, &error) {
            Ok((delay, token)) => {
                retry_token = Some(token);
                delay
            }
            Err(reason) => return Err(error.not_retried(reason)),
        };
        call.span.retrying(&error, delay);
        tokio::time::sleep(delay).await;
        request = next_request;
    }
}

/// How long to wait before the next attempt, and what it costs.
fn plan_retry(call: &Call, error: &Error) -> Result<(Duration, RetryToken), NotRetried> {
    let delay = call.retry().next(error)?;
    if call.timeouts.end_within(delay) {
        return Err(NotRetried::TooLate);
    }
    let retry_token = call.core.settings.budget.withdraw(error);
    Ok((delay, retry_token.ok_or(NotRetried::NoBudget)?))
}

/// Copies the request; a body that is read while it is sent can be sent only once.
fn copy(request: &Request) -> Option<Box<Request>> {
    if request.body().is_some() {
        return request.try_clone().map(Box::new);
    }
    // `try_clone` also makes room for extensions, which none of these requests has.
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    copy.headers_mut().clone_from(request.headers());
    Some(Box::new(copy))
}
