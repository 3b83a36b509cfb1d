//! Messages over standard input and output, each behind a header that says how long it is.
//!
//! The protocol's own crate reads what clients send as long as they are well. This reader also says no to a length that
//! no strategy has before it makes room for it, and reads on behind a message that is none.

use std::io::{self, BufRead, Read as _, Write as _};
use std::thread::{self, JoinHandle};

use gen_lsp_types::{ExitNotification, Notification as _};
use lsp_server::{Connection, Message, Notification};

/// A longer message is no message: a strategy of this size would fill thousands of pages.
const LONGEST_MESSAGE: usize = 1 << 28;

/// A longer line in a header is none.
const LONGEST_HEADER: u64 = 4096;

/// The threads that read and write.
#[derive(Debug)]
pub struct Threads {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
}

/// Connects to whoever started this process. Where their end of either stream is closed, that is taken for their last
/// word.
pub fn stdio() -> (Connection, Threads) {
    let (server, Connection { sender, receiver }) = Connection::memory();
    let last_word = || Notification::new(ExitNotification::METHOD.to_string(), ());
    let to_server = sender.clone();
    let reader = thread::spawn(move || {
        let read = read_all(&mut io::stdin().lock(), |message| to_server.send(message).is_ok());
        // A server that has ended already misses nothing.
        let _ = to_server.send(last_word().into());
        read
    });
    let writer = thread::spawn(move || {
        let mut output = io::stdout().lock();
        let written = receiver.iter().try_for_each(|message| message.write(&mut output));
        let _ = sender.send(last_word().into());
        written
    });
    (server, Threads { reader, writer })
}

/// Hands on what is read, until the input ends or the client does.
fn read_all(input: &mut impl BufRead, hand_on: impl Fn(Message) -> bool) -> io::Result<()> {
    while let Some(body) = read(input)? {
        match serde_json::from_slice::<Message>(&body) {
            Ok(message) => {
                let is_last = matches!(&message, Message::Notification(one) if one.method == ExitNotification::METHOD.as_str());
                if !hand_on(message) || is_last {
                    break;
                }
            }
            // The next message begins where the length of this one says; this one is lost.
            Err(error) => {
                let _ = writeln!(io::stderr(), "suasion lsp: a message that is none: {error}");
            }
        }
    }
    Ok(())
}

impl Threads {
    /// Waits until everything is written, and says what went wrong. The conversation is over, and the connection dropped.
    pub fn join(self) -> io::Result<()> {
        match ended(self.writer) {
            // The client said its last word or closed its end: there is nothing more to read.
            Ok(()) => ended(self.reader),
            // Nobody reads any more, so nobody misses anything. The reader may be waiting still, for one who writes no
            // more either: it ends with this process.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn ended(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread panicked")))
}

/// The next message; nothing where the input ends between two.
fn read(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let mut body = Vec::new();
    // Room is made for what comes, and not for what was promised.
    input.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(Some(body)) }
}

/// How long the next message is.
fn header(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    let mut line = Vec::new();
    for first in std::iter::once(true).chain(std::iter::repeat(false)) {
        line.clear();
        input.take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        if line.is_empty() && first {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(malformed("a header without an end"));
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim_end().is_empty() {
            break;
        }
        let (name, value) = text.split_once(':').ok_or_else(|| malformed("a header without a colon"))?;
        if name.trim().eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().map_err(|_| malformed("a length that is no number"))?);
        }
    }
    let length = length.ok_or_else(|| malformed("a message without a length"))?;
    if length > LONGEST_MESSAGE { Err(malformed("a message that is too long")) } else { Ok(Some(length)) }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn reads(input: &[u8], bodies: &[&[u8]], ends: Result<(), &str>) {
        let mut input = input;
        for body in bodies {
            assert_eq!(read(&mut input).expect("well-formed").expect("one more"), *body);
        }
        match (read(&mut input), ends) {
            (Ok(None), Ok(())) => {}
            (Err(error), Err(message)) => assert_eq!(error.to_string(), message),
            (other, _) => panic!("{other:?}"),
        }
    }

    #[test]
    fn messages_are_read_one_behind_the_other() {
        reads(b"", &[], Ok(()));
        reads(b"Content-Length: 2\r\n\r\n{}content-length:1\nContent-Type: x\n\n1", &[b"{}", b"1"], Ok(()));
    }

    #[test]
    fn what_is_no_message_is_refused_before_room_is_made_for_it() {
        reads(b"hello\n", &[], Err("a header without a colon"));
        reads(b"hello", &[], Err("a header without an end"));
        reads(&[b'x'; 9000], &[], Err("a header without an end"));
        reads(b"\r\n", &[], Err("a message without a length"));
        reads(b"Content-Length: -1\r\n\r\n", &[], Err("a length that is no number"));
        reads(b"Content-Length: 18446744073709551615\r\n\r\n{}", &[], Err("a message that is too long"));
        reads(b"Content-Length: 9\r\n\r\n{}", &[], Err("unexpected end of file"));
        reads(b"Content-Length: 9\r\n", &[], Err("a header without an end"));
    }
}
