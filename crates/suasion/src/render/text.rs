//! Texts that anybody may have written, made safe to print, measured and broken into lines.

use anstream::adapter::strip_str;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One line of printable text: white space becomes single spaces, control characters become U+FFFD (an escape sequence
/// could otherwise drive a terminal), and characters that reorder text around them are taken out.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending_space = false;
    for c in text.chars() {
        match c {
            // No-break spaces are kept: figures hold them.
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                pending_space = true;
            }
            c if reorders(c) => {}
            c => {
                if pending_space && !out.is_empty() {
                    out.push(' ');
                }
                pending_space = false;
                out.push(if c.is_control() { '\u{fffd}' } else { c });
            }
        }
    }
    out
}

/// A text in which nothing drives a terminal or reorders a line: such characters are shown as U+FFFD. Line breaks and
/// tabs stay.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || reorders(c);
    text.chars().map(|c| if hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// Breaks a line at spaces so that it takes at most `columns`, what goes on behind `hang` spaces. A word is never
/// broken, for it may be a path to copy; escape sequences of colour take no column.
pub fn fold(line: &str, columns: usize, hang: usize) -> String {
    let mut out = String::with_capacity(line.len());
    let mut used = 0;
    // Spaces in front, and what stands before them, are no place to break.
    let mut begun = false;
    for (at, word) in line.split(' ').enumerate() {
        let wide = width(&strip_str(word).to_string());
        if at > 0 && begun && wide > 0 && used > hang && used + 1 + wide > columns {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            used = hang;
        } else if at > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += wide;
        begun |= wide > 0;
    }
    out
}

/// Whether a character reorders the text around it (bidirectional embeddings, overrides and isolates).
pub fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns that a text takes in a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks a text at spaces into lines of at most `columns`; a word that is longer is broken where it must be.
///
/// An empty text gives no line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in clean(text).split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) <= columns {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            let mut longer = line.clone();
            longer.push(c);
            if width(&longer) > columns && !line.is_empty() {
                let rest = line.split_off(joint(&line));
                lines.push(std::mem::replace(&mut line, rest));
                line.push(c);
            } else {
                line = longer;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Where a word too long for its line is best broken: behind the last sign that joins its parts, or at its end.
fn joint(word: &str) -> usize {
    word.rfind(['.', '-', '–', '/', '_', '@'])
        .map_or(word.len(), |at| at + word[at..].chars().next().map_or(0, char::len_utf8))
}

/// A text cut to at most `columns`, with an ellipsis where something was cut.
pub fn shorten(text: &str, columns: usize) -> String {
    let text = clean(text);
    if width(&text) <= columns {
        return text;
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let columns_of_c = c.width().unwrap_or(0);
        if used + columns_of_c + 1 > columns {
            break;
        }
        used += columns_of_c;
        out.push(c);
    }
    let mut out = out.trim_end().to_string();
    out.push('…');
    out
}

/// `1 error`, `2 errors`.
pub fn number_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
