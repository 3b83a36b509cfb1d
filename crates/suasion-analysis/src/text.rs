//! Words for sentences.

use suasion_model::finding::{PLAIN_WORDS, words};
use suasion_model::number;
use suasion_model::places::{place_in_sentence, place_name};

/// What readers call a unit: a country's name for its code; a name of the data's own, such as `_CHANNEL_ISLANDS`, in
/// plain letters.
pub(crate) fn place(code: &str) -> String {
    match code.strip_prefix('_') {
        Some(own) => {
            own.split('_').map(|word| capitalised(&word.to_lowercase())).collect::<Vec<_>>().join(" ")
        }
        None => place_name(code).to_string(),
    }
}

/// A share as per cent, at three significant digits: `0.154` is `15.4 %`.
pub(crate) fn percent(share: f64) -> String {
    // Ten decimals keep what is meant, and drop what a multiplication by a hundred adds.
    number::with_unit((share * 1e12).round() / 1e10, "%")
}

/// A figure that is an estimate, without digits that it does not have: `31.9 million`.
pub(crate) fn rough(figure: f64) -> String {
    let size = figure.abs();
    if size >= 1e9 {
        format!("{} billion", number::value((figure / 1e7).round() / 100.0))
    } else if size >= 1e6 {
        format!("{} million", number::value((figure / 1e4).round() / 100.0))
    } else if size >= 1e3 {
        number::fixed(figure, 0)
    } else {
        number::value(figure)
    }
}

/// The first of several wordings that is short enough for a brief's first screen; the last must always be.
pub(crate) fn short_enough<const N: usize>(wordings: [String; N]) -> String {
    let shortest = wordings.iter().position(|text| words(text) <= PLAIN_WORDS);
    let at = shortest.unwrap_or(N - 1);
    wordings.into_iter().nth(at).unwrap_or_default()
}

/// A place as it stands within a sentence: "the United Kingdom".
pub(crate) fn the_place(code: &str) -> String {
    if code.starts_with('_') { place(code) } else { place_in_sentence(code) }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn all_of<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => "none".to_string(),
        [one] => one.as_ref().to_string(),
        [rest @ .., one] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), one.as_ref())
        }
    }
}

/// A small number as a word.
pub(crate) fn count_word(count: usize) -> String {
    const WORDS: [&str; 11] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_string())
}

/// The text with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The text with its first letter in lower case, unless it begins with an abbreviation.
pub(crate) fn in_sentence(text: &str) -> String {
    let mut letters = text.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return text.to_string() };
    if second.is_some_and(|second| second.is_lowercase() || second == ' ') {
        first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{all_of, capitalised, count_word, in_sentence, rough, short_enough};

    #[test]
    fn the_first_wording_that_is_short_enough_is_taken() {
        let long = "word ".repeat(25);
        assert_eq!(short_enough([long.clone(), "short".to_string()]), "short");
        assert_eq!(short_enough(["first".to_string(), "short".to_string()]), "first");
    }

    #[test]
    fn estimates_have_no_digits_to_spare() {
        assert_eq!(rough(31_949_109.4), "31.9\u{a0}million".replace('\u{a0}', " "));
        assert_eq!(rough(-2_500_000_000.0), "−2.5 billion");
        assert_eq!(rough(1234.56), "1\u{202f}235");
        assert_eq!(rough(1.94), "1.94");
    }

    #[test]
    fn words_fit_into_sentences() {
        assert_eq!(all_of(&["a"]), "a");
        assert_eq!(all_of(&["a", "b", "c"]), "a, b and c");
        assert_eq!(count_word(3), "three");
        assert_eq!(count_word(24), "24");
        assert_eq!(capitalised("international arrivals"), "International arrivals");
        assert_eq!(in_sentence("International arrivals"), "international arrivals");
        assert_eq!(in_sentence("A visa closed"), "a visa closed");
        assert_eq!(in_sentence("FDI"), "FDI");
    }
}
