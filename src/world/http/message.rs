//! A request as it goes out, and an answer as it comes in.

use std::time::Duration;

use super::interrupt::Level;

/// A request, complete: nothing is added but what the connection needs.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Absolute.
    pub url: &'a str,
    /// In order.
    pub headers: &'a [(String, String)],
    /// None is no body.
    pub body: Option<&'a [u8]>,
    /// The longest an answer may take, to its last byte.
    pub within: Duration,
    /// What is left of the run.
    pub run_left: Option<Duration>,
    /// Up to which level of urgency it is sent nevertheless.
    pub tolerated: Level,
}

/// An answer, read to its end or to the cap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case, in the order received.
    pub headers: Vec<(String, String)>,
    /// After decompression.
    pub body: Vec<u8>,
    /// The body went on beyond the cap.
    pub truncated: bool,
    /// When the connection was there, from when the request was sent; none when one was at hand.
    pub connected: Option<Duration>,
    /// When status and headers were there.
    pub first_byte: Duration,
    /// When the last byte was there.
    pub total: Duration,
}
