//! What a server can do below HTTP: bytes, or none, by the path that was asked.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use super::{Asked, Shared};

pub(super) async fn serve(listener: TcpListener, state: Shared) {
    while let Ok((stream, _)) = listener.accept().await {
        state.lock().expect("whole").connections += 1;
        tokio::spawn(speak(stream, Shared::clone(&state)));
    }
}

/// The first line of a request, once its head is there.
async fn head(stream: &mut TcpStream, state: &Shared) -> Option<String> {
    let mut read = Vec::new();
    let mut piece = [0; 4096];
    while !read.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        read.extend_from_slice(&piece[..count]);
    }
    let text = String::from_utf8_lossy(&read).into_owned();
    let mut words = text.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    state.lock().expect("whole").asked.push(Asked {
        method,
        path: path.clone(),
        headers: Vec::new(),
        body: String::new(),
    });
    Some(path)
}

async fn speak(mut stream: TcpStream, state: Shared) {
    let Some(path) = head(&mut stream, &state).await else {
        return;
    };
    // The client may hang up at any time, which is fine.
    let _ = answer(&mut stream, &path, &state).await;
}

#[expect(clippy::too_many_lines, reason = "one way to be wrong after the other")]
async fn answer(stream: &mut TcpStream, path: &str, state: &Shared) -> std::io::Result<()> {
    let ok = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    match path {
        "/closes" => Ok(()),
        "/resets" => {
            stream.set_zero_linger()?;
            Ok(())
        }
        "/half-a-head" => stream.write_all(&ok.as_bytes()[..20]).await,
        "/half-a-body" => {
            let text = format!("{ok}content-length: 100\r\n\r\n{{\"a\":1");
            stream.write_all(text.as_bytes()).await
        }
        "/half-closed" => {
            // It says that it is done, but goes on listening.
            let text = format!("{ok}content-length: 100\r\n\r\n{{\"a\":1");
            stream.write_all(text.as_bytes()).await?;
            stream.shutdown().await?;
            sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        "/half-a-chunk" => {
            let text = format!("{ok}transfer-encoding: chunked\r\n\r\n10\r\n{{\"a\":1");
            stream.write_all(text.as_bytes()).await
        }
        "/bad-chunk" => {
            let text = format!("{ok}transfer-encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n");
            stream.write_all(text.as_bytes()).await
        }
        "/until-closed" => {
            let text = format!("{ok}connection: close\r\n\r\n{{\"a\":[1,2");
            stream.write_all(text.as_bytes()).await
        }
        "/no-http" => stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n").await,
        "/bad-status" => stream.write_all(b"HTTP/1.1 abc OK\r\n\r\n").await,
        "/two-lengths" => {
            let text = format!("{ok}content-length: 2\r\ncontent-length: 4\r\n\r\n{{}}  ");
            stream.write_all(text.as_bytes()).await
        }
        "/endless-head" => {
            stream.write_all(ok.as_bytes()).await?;
            loop {
                stream.write_all(&[b'x'; 4096]).await?;
            }
        }
        "/many-headers" => {
            stream.write_all(ok.as_bytes()).await?;
            for number in 0..500 {
                let header = format!("x-{number}: 1\r\n");
                stream.write_all(header.as_bytes()).await?;
            }
            stream.write_all(b"\r\n").await
        }
        "/slow-head" => {
            for byte in ok.as_bytes() {
                stream.write_all(&[*byte]).await?;
                sleep(Duration::from_millis(100)).await;
            }
            Ok(())
        }
        "/silent" => {
            sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        "/bad-gzip" => {
            let text = format!("{ok}content-encoding: gzip\r\ncontent-length: 9\r\n\r\nnot gzip!");
            stream.write_all(text.as_bytes()).await
        }
        "/cut-gzip" => {
            let zipped = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 0xab];
            let head = format!("{ok}content-encoding: gzip\r\ncontent-length: 11\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&zipped).await
        }
        "/latin-1" => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-name: M\xfcller\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(head).await
        }
        "/hangs-up-later" => {
            // Promises to stay, and leaves.
            let text = format!("{ok}connection: keep-alive\r\ncontent-length: 2\r\n\r\n{{}}");
            stream.write_all(text.as_bytes()).await?;
            sleep(Duration::from_millis(50)).await;
            Ok(())
        }
        "/no-answer-to-the-second" => {
            let text = format!("{ok}connection: keep-alive\r\ncontent-length: 2\r\n\r\n{{}}");
            stream.write_all(text.as_bytes()).await?;
            let _ = head(stream, state).await;
            Ok(())
        }
        "/endless-early-hints" => loop {
            stream
                .write_all(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")
                .await?;
            sleep(Duration::from_millis(5)).await;
        },
        "/switches" => {
            let text =
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: acme\r\nconnection: upgrade\r\n\r\n";
            stream.write_all(text.as_bytes()).await?;
            sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        "/extra-bytes" => {
            // The rest would be the answer to whoever asks next.
            let other = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n\"forged\"";
            let text = format!("{ok}content-length: 2\r\n\r\n{{}}{other}");
            stream.write_all(text.as_bytes()).await?;
            sleep(Duration::from_millis(500)).await;
            Ok(())
        }
        "/endless-trailers" => {
            let text = format!("{ok}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n");
            stream.write_all(text.as_bytes()).await?;
            loop {
                stream.write_all(b"x-more: yes\r\n").await?;
            }
        }
        _ => {
            let text = format!("{ok}content-length: 2\r\n\r\n{{}}");
            stream.write_all(text.as_bytes()).await
        }
    }
}
