//! Messages that the vendor sends by itself, signed or not.

use std::{fmt::Write, net::SocketAddr};

use axum::{Router, body::Bytes, response::Response, routing::post};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{io::AsyncReadExt, io::AsyncWriteExt, net::TcpStream};

use super::{Shared, json as reply};

/// What signs them.
pub(crate) const SECRET: &str = "whsec_of_acme";
const TIMESTAMP: &str = "1795168800";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/v1/webhooks", post(send))
}

/// Sends a message to `{"to": "127.0.0.1:PORT", "signed": BOOL}`, and says what came back.
async fn send(body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let to = asked["to"]
        .as_str()
        .and_then(|to| to.parse::<SocketAddr>().ok());
    let Some(to) = to.filter(|to| to.ip().is_loopback()) else {
        return reply(422, &json!({ "code": "no_loopback_address" }));
    };
    match deliver(to, asked["signed"] == true).await {
        Ok(status) => reply(200, &json!({ "status": status })),
        Err(error) => reply(502, &json!({ "error": error.to_string() })),
    }
}

/// `t=…,v1=…` over the time, a dot, and the message.
pub(crate) fn signature(message: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any length");
    mac.update(format!("{TIMESTAMP}.{message}").as_bytes());
    let mut header = format!("t={TIMESTAMP},v1=");
    for byte in mac.finalize().into_bytes() {
        write!(header, "{byte:02x}").expect("in memory");
    }
    header
}

async fn deliver(to: SocketAddr, signed: bool) -> std::io::Result<String> {
    let message = json!({ "type": "payment.captured", "id": "pay_0" }).to_string();
    let mut head = format!(
        "POST /webhook HTTP/1.1\r\nhost: {to}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n",
        message.len()
    );
    if signed {
        write!(head, "acme-signature: {}\r\n", signature(&message)).expect("in memory");
    }
    let mut stream = TcpStream::connect(to).await?;
    stream
        .write_all(format!("{head}\r\n{message}").as_bytes())
        .await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}
