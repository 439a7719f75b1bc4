//! Addresses as inputs, against a server on this machine.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use common::{Run, gzip, sayso};
use serde_json::Value;

const PAGE: &str = "<!doctype html><title>Mayor resigns</title><article><h1>Mayor resigns</h1>\
    <p>“I am tired of bridges,” the mayor of Tarn said on Monday, and put down her chain on the table of the council.</p>\
    <p>Nobody had seen it coming, and the council went on with the next item, which was about a bridge.</p></article>";

/// Serves one answer to each of `count` connections; gives the requests back.
fn serve(
    count: usize,
    answer: impl Fn(&str) -> Vec<u8> + Send + 'static,
) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let mut requests = Vec::new();
        for stream in listener.incoming().take(count) {
            let mut stream = stream.unwrap();
            let request = request(&stream);
            let _ = stream.write_all(&answer(&request));
            requests.push(request);
        }
        requests
    });
    (address, server)
}

/// The head of a request.
fn request(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn read(address: &str) -> Run {
    sayso(&["read", "--json", address]).run()
}

#[test]
fn one_polite_request() {
    let headers = format!("Content-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n", PAGE.len());
    let (address, server) = serve(1, move |_| answer("200 OK", &headers, PAGE.as_bytes()));
    let run = read(&format!("{address}/story?x=1#top"));
    assert_eq!(run.code, 0, "{}", run.err);
    let record: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(record["id"], format!("{address}/story?x=1#top"));
    assert!(record["url"].as_str().unwrap().starts_with(&format!("{address}/story?x=1")));
    assert!(record["text"].as_str().unwrap().contains("tired"));
    let requests = server.join().unwrap();
    let request = requests[0].to_lowercase();
    assert!(request.starts_with("get /story?x=1 http/1.1"), "{request}");
    assert!(request.contains("user-agent: sayso/"), "{request}");
    assert!(request.contains("accept: text/html"), "{request}");
}

#[test]
fn a_compressed_answer_is_read() {
    let body = gzip(PAGE.as_bytes());
    let headers =
        format!("Content-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n", body.len());
    let (address, _server) = serve(1, move |_| answer("200 OK", &headers, &body));
    let run = read(&address);
    assert!(run.code == 0 && run.out.contains("tired"), "{}", run.err);
}

#[test]
fn redirects_are_followed_to_a_bound() {
    let (address, server) = serve(2, |request| match request.split(' ').nth(1) {
        Some("/a") => answer("302 Found", "Location: /b\r\nContent-Length: 0\r\n", b""),
        _ => answer("200 OK", "Content-Type: text/html\r\n", PAGE.as_bytes()),
    });
    let run = read(&format!("{address}/a"));
    assert_eq!(run.code, 0, "{}", run.err);
    let record: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(record["url"], format!("{address}/b"));
    server.join().unwrap();

    let (address, server) =
        serve(6, |_| answer("302 Found", "Location: /again\r\nContent-Length: 0\r\n", b""));
    let run = read(&address);
    assert!(run.code == 1 && run.err.contains("redirects"), "{}", run.err);
    server.join().unwrap();
}

#[test]
fn what_cannot_be_a_page_is_refused() {
    let check = |status: &'static str, headers: &'static str, body: &'static [u8], why: &str| {
        let (address, server) = serve(1, move |_| answer(status, headers, body));
        let run = read(&address);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{why}");
        assert!(run.err.contains(why), "{why}: {}", run.err);
        server.join().unwrap();
    };
    check("404 Not Found", "Content-Type: text/html\r\n", b"<p>gone", "the server answered 404");
    check("200 OK", "Content-Type: application/pdf\r\n", b"%PDF", "application/pdf, not a page");
    check(
        "200 OK",
        "Content-Type: text/html\r\nContent-Length: 99999999999\r\n",
        b"<p>",
        "larger than 50 MiB",
    );
    check(
        "200 OK",
        "Content-Type: text/html\r\nContent-Encoding: br\r\n",
        b"xx",
        "in br, which was not asked for",
    );
    check("200 OK", "Content-Type: text/html\r\nContent-Length: 500\r\n", b"<p>cut", "127.0.0.1");
    check("200 OK", "Content-Type: text/html\r\n", b"\x89PNG\r\n", "a PNG picture");
}

#[test]
fn an_endless_answer_is_bounded() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        request(&stream);
        let _ = stream.write_all(&answer("200 OK", "Content-Type: text/html\r\n", b"<p>"));
        while stream.write_all(&[b'a'; 1 << 16]).is_ok() {}
    });
    let run = read(&address);
    assert!(run.code == 1 && run.err.contains("larger than 50 MiB"), "{}", run.err);
    server.join().unwrap();
}
