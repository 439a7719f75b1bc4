//! One page from an address: a single GET, with its time, size and redirects bounded. The only use of the network.

use std::time::Duration;

use sayso::page::Hints;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use ureq::{Agent, Body, ResponseExt, http::Response};

use crate::{Error, MAX_PAGE, Pages, failed, stream};

/// How a fetch names itself.
pub const USER_AGENT: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"), " (reads one page for one reader)");

/// From the first look-up to the last byte, redirects included.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Redirects that are followed.
const REDIRECTS: u32 = 5;

/// What may hold a page.
const MEDIA_TYPES: &[&str] =
    &["text/html", "application/xhtml+xml", "text/plain", "application/jsonl", "application/x-ndjson"];

/// The pages of an address.
pub(crate) fn pages(address: &str) -> Pages {
    match get(address) {
        Ok(response) => read(address, response),
        Err(error) => failed(Error::fetch(address, reason(&error))),
    }
}

fn get(address: &str) -> Result<Response<Body>, ureq::Error> {
    let config = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .max_redirects(REDIRECTS)
        .user_agent(USER_AGENT)
        .accept("text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1")
        .accept_encoding("gzip")
        .build();
    Agent::new_with_config(config).get(address).call()
}

fn read(address: &str, response: Response<Body>) -> Pages {
    if let Err(why) = check(&response) {
        return failed(Error::fetch(address, why));
    }
    let hints = Hints {
        url: Some(response.get_uri().to_string()),
        content_type: header(&response, CONTENT_TYPE).map(str::to_owned),
        ..Hints::default()
    };
    let body = response.into_body().into_with_config().limit(MAX_PAGE as u64 + 1).reader();
    stream::pages(address, Box::new(body), hints)
}

/// Whether the answer can be a page, by its headers.
fn check(response: &Response<Body>) -> Result<(), String> {
    if let Some(media_type) = response.body().mime_type().map(str::to_ascii_lowercase)
        && !MEDIA_TYPES.contains(&media_type.as_str())
    {
        return Err(format!("the server sent {media_type}, not a page"));
    }
    if let Some(encoding) = header(response, CONTENT_ENCODING)
        && !["gzip", "x-gzip", "zstd", "identity"].contains(&encoding.to_ascii_lowercase().as_str())
    {
        return Err(format!("the server sent it in {encoding}, which was not asked for"));
    }
    match response.body().content_length() {
        Some(length) if length > MAX_PAGE as u64 => Err(format!("larger than {} MiB", MAX_PAGE >> 20)),
        _ => Ok(()),
    }
}

fn header(response: &Response<Body>, name: ureq::http::HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

/// What went wrong, in words.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::StatusCode(status) => format!("the server answered {status}"),
        ureq::Error::Timeout(_) => format!("no whole answer within {} seconds", TIMEOUT.as_secs()),
        ureq::Error::TooManyRedirects => format!("more than {REDIRECTS} redirects"),
        ureq::Error::HostNotFound => "no such host".to_owned(),
        other => other.to_string(),
    }
}
