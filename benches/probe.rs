//! What a probe costs besides the network: processor time for each request over a bare client's, and the most memory that a run takes.
//!
//! `cargo bench --bench probe` asks 500 operations of a server on this machine, by turns with a loop that does nothing but ask.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark starts programs and prints what it measured"
)]

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

const OPERATIONS: u32 = 500;
const ROUNDS: usize = 7;
/// The goals: milliseconds of processor time for a request, and megabytes.
const MOST_CPU: f64 = 1.0;
const MOST_MEMORY: f64 = 100.0;
/// What the kernel counts processor time in (`getconf CLK_TCK` on every Linux).
const TICKS: f64 = 100.0;

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("--serve") => serve(),
        Some("--bare") => bare(&args[1], args[2].parse()?),
        _ if cfg!(target_os = "linux") => measure(),
        _ => {
            println!("processor time is read from /proc, which this system has not");
            Ok(())
        }
    }
}

/// Answers everything alike, in a process of its own, so that its time is not ours.
fn serve() -> Fallible<()> {
    use axum::{Router, response::IntoResponse};
    let answer = || async {
        let body = r#"{"id":"thing_1","name":"a thing","created":"2026-11-20T09:30:00Z","items":[{"sku":"a","count":1},{"sku":"b","count":2}]}"#;
        ([("content-type", "application/json")], body).into_response()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        axum::serve(listener, Router::new().fallback(answer)).await?;
        Ok(())
    })
}

/// The least that asking takes: one client, and the bodies read.
fn bare(base: &str, times: u32) -> Fallible<()> {
    // Another provider that is already installed does as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::blocking::Client::builder().no_proxy().build()?;
    for _ in 0..times {
        for operation in 0..OPERATIONS {
            let answer = client
                .get(format!("{base}/v1/things{operation}/a"))
                .send()?;
            assert!(!answer.bytes()?.is_empty());
        }
    }
    Ok(())
}

fn contract() -> String {
    let mut text = String::from("openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths:\n");
    for operation in 0..OPERATIONS {
        let _ = write!(
            text,
            "  /v1/things{operation}/{{id}}:\n    get:\n      operationId: get{operation}\n      \
             parameters: [{{name: id, in: path, required: true, schema: {{type: string}}, example: a}}]\n      \
             responses:\n        '200':\n          description: A thing\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/T{operation}'}}}}}}\n"
        );
    }
    text.push_str("components:\n  schemas:\n");
    for schema in 0..OPERATIONS {
        let _ = write!(
            text,
            "    T{schema}:\n      type: object\n      required: [id]\n      properties:\n        id: {{type: string}}\n        name: {{type: string, maxLength: 40}}\n        \
             created: {{type: string, format: date-time}}\n        \
             items: {{type: array, items: {{type: object, properties: {{sku: {{type: string}}, count: {{type: integer, minimum: 0}}}}}}}}\n"
        );
    }
    text
}

fn repository(root: &Path, base: &str) -> Fallible<()> {
    fs::create_dir_all(root.join(".contract"))?;
    fs::write(root.join("things.yaml"), contract())?;
    fs::write(
        root.join(".contract/contract.yaml"),
        format!(
            "schema: contract.policy/v1\nenvironments:\n  here:\n    base_url: {base}\n    kind: sandbox\n    rate_limit: {{per_second: 100000, burst: 100000}}\n"
        ),
    )?;
    Ok(())
}

/// Processor time of all children that have ended, in milliseconds.
fn spent() -> Fallible<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name of the program may hold anything, and ends with the last bracket.
    let (_, fields) = stat.rsplit_once(')').ok_or("no fields")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    // cutime and cstime, the 16th and 17th of all.
    let ticks = fields[13].parse::<f64>()? + fields[14].parse::<f64>()?;
    Ok(ticks * 1000.0 / TICKS)
}

/// Runs a program to its end: its processor time in milliseconds, and the most memory that it was seen with, in megabytes.
fn watch(command: &mut Command) -> Fallible<(f64, f64)> {
    let before = spent()?;
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    let code = loop {
        if let Some(code) = child.try_wait()? {
            break code;
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        most = most.max(kilobytes.unwrap_or_default() / 1024.0);
        thread::sleep(Duration::from_millis(2));
    };
    if !code.success() {
        return Err(format!("{command:?} ended with {code}").into());
    }
    Ok((spent()? - before, most))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Ends the server whatever happens.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measure() -> Fallible<()> {
    let own = std::env::current_exe()?;
    let mut server = Command::new(&own);
    let mut server = Server(server.arg("--serve").stdout(Stdio::piped()).spawn()?);
    let mut base = String::new();
    let out = server.0.stdout.take().ok_or("no output")?;
    BufReader::new(out).read_line(&mut base)?;
    let base = base.trim();
    let folder = tempfile::tempdir()?;
    repository(folder.path(), base)?;
    println!("{OPERATIONS} operations, {ROUNDS} rounds by turns, medians");
    let mut kept = true;
    for samples in [1_u32, 10] {
        let (mut bare, mut probe, mut most) = (Vec::new(), Vec::new(), 0.0_f64);
        for _ in 0..ROUNDS {
            let mut asking = Command::new(&own);
            bare.push(watch(asking.args(["--bare", base, &samples.to_string()]))?.0);
            let mut probing = Command::new(env!("CARGO_BIN_EXE_contract"));
            probing
                .args([
                    "probe",
                    "run",
                    "--environment",
                    "here",
                    "--contract",
                    "things.yaml",
                    "--no-history",
                ])
                .args(["--samples", &samples.to_string(), "--format", "json"])
                .current_dir(folder.path());
            let (cpu, memory) = watch(&mut probing)?;
            probe.push(cpu);
            most = most.max(memory);
        }
        let requests = f64::from(OPERATIONS * samples);
        let (bare, probe) = (median(bare), median(probe));
        let over = (probe - bare) / requests;
        println!(
            "{requests:>6} requests: bare {:.3} ms each, probe {:.3} ms each, {over:.3} ms more; {most:.0} MB at most",
            bare / requests,
            probe / requests
        );
        kept &= over <= MOST_CPU && most <= MOST_MEMORY;
    }
    if kept {
        Ok(())
    } else {
        Err(format!("more than {MOST_CPU} ms for a request, or than {MOST_MEMORY} MB").into())
    }
}
