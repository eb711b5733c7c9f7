//! One answer against the operation that the contract declares.

use super::{Answer, Check, Place, Verdict, body, expect::words, headers};
use crate::probe::{exchange::Response, generate::Sampler, workflow::Strictness};
use crate::spec::{Contract, MediaRange, Operation, Status};

/// What answers are held against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a, 'd> {
    /// The contract.
    pub contract: &'a Contract<'d>,
    /// The operation.
    pub operation: &'a Operation<'d>,
    /// The contract's schemas.
    pub sampler: &'a Sampler<'d>,
    /// What undeclared members are.
    pub strictness: Strictness,
}

/// The checks of an answer, and which of the contract's responses and media types they were about.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The checks.
    pub checks: Vec<Check>,
    /// The response of the contract, as its key is written.
    pub status: Option<Status>,
    /// Its media type.
    pub media: Option<String>,
}

impl<'a, 'd> Against<'a, 'd> {
    /// Everything that the contract says of an answer: status, media type, headers, body, and members it does not declare.
    #[must_use]
    pub fn measure(&self, response: &Response) -> Measured {
        let mut measured = Measured::default();
        if self.strictness == Strictness::Off {
            return measured;
        }
        let Some(declared) = self.response(response.status) else {
            measured.checks.push(self.undeclared_status(response));
            return measured;
        };
        measured.status = Some(declared.status);
        measured.checks.push(
            Check::pass(
                "status-declared",
                format!("the contract declares {}", declared.status),
            )
            .at(Place::Status),
        );
        measured
            .checks
            .extend(headers::headers(self, &declared.headers, response));
        if self.operation.method == "HEAD" || matches!(response.status, 204 | 205 | 304) {
            return measured;
        }
        let media = match media(declared, response) {
            Ok(media) => media,
            Err(check) => {
                measured.checks.extend(check.map(|check| *check));
                return measured;
            }
        };
        measured.media = Some(media.range.to_string());
        measured.checks.push(
            Check::pass(
                "media-type-declared",
                format!("the contract declares `{}`", media.range),
            )
            .at(Place::Header("content-type".to_owned())),
        );
        measured.checks.extend(body::body(self, media, response));
        measured
    }

    /// The response of the contract for a status: the code itself, else its class, else `default`.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<&'a crate::spec::Response<'d>> {
        let responses = &self.operation.responses;
        let digit = u8::try_from(status / 100).unwrap_or_default();
        [Status::Code(status), Status::Range(digit), Status::Default]
            .into_iter()
            .find_map(|wanted| responses.iter().find(|one| one.status == wanted))
    }

    fn undeclared_status(&self, response: &Response) -> Check {
        let status = response.status;
        let responses = self.operation.responses.iter();
        let declared: Vec<String> = responses.map(|one| one.status.to_string()).collect();
        Check::fail(
            "status-declared",
            format!(
                "the vendor answers {status}, and the contract declares {}{}",
                if declared.is_empty() {
                    "no status".to_owned()
                } else {
                    declared.join(", ")
                },
                words(&Answer::new(response))
            ),
        )
        .at(Place::Status)
        .expected(declared)
        .found(status)
    }
}

/// The media type that the contract declares for an answer; else what is wrong with it.
fn media<'r, 'd>(
    declared: &'r crate::spec::Response<'d>,
    response: &Response,
) -> Result<&'r crate::spec::Media<'d>, Option<Box<Check>>> {
    let place = Place::Header("content-type".to_owned());
    let ranges: Vec<String> = declared
        .content
        .iter()
        .map(|one| one.range.to_string())
        .collect();
    let empty = response.body.is_empty() && !response.truncated;
    match (ranges.is_empty(), empty) {
        (true, true) => return Err(None),
        (true, false) => {
            let message = "the answer has a body, and the contract declares none";
            let check = Check::new("media-type-declared", Verdict::Warn, message).at(place);
            return Err(Some(Box::new(match response.media_type() {
                Some(found) => check.found(found),
                None => check,
            })));
        }
        (false, true) => {
            let message = "the answer has no body, and the contract declares one";
            let check = Check::fail("media-type-declared", message).at(place);
            return Err(Some(Box::new(check.expected(ranges))));
        }
        (false, false) => {}
    }
    let Some(written) = response.header("content-type") else {
        let check = Check::fail("media-type-declared", "the answer has no `content-type`");
        return Err(Some(Box::new(check.at(place).expected(ranges))));
    };
    let found = MediaRange::parse(written);
    let essence = MediaRange::parse(&response.media_type().unwrap_or_default());
    // The narrowest range decides, as for `Accept` (RFC 9110 section 12.5.1).
    let mut covering: Vec<_> = declared
        .content
        .iter()
        .filter(|one| {
            let range = one.range.without_charset();
            range.covers(&found) || range.covers(&essence)
        })
        .collect();
    covering.sort_by_key(|one| {
        let range = one.range.to_string();
        (range.matches('*').count(), usize::MAX - range.len())
    });
    covering.first().copied().ok_or_else(|| {
        let message = format!(
            "the answer is `{essence}`, and the contract declares {}",
            ranges.join(", ")
        );
        let check = Check::fail("media-type-declared", message).at(place);
        Some(Box::new(check.expected(ranges).found(written)))
    })
}
