//! English short names of places by ISO 3166 alpha-3 code.
//!
//! Facts from the display names of the Unicode CLDR (through the public-domain table `country-codes` of Datahub),
//! with "and", "Saint", "United Kingdom" and "United States" written out.

/// Code and name, a line each, sorted by code.
const PLACES: &str = include_str!("places.tsv");

/// The name that readers know a place by; a code that is not ISO 3166 alpha-3 is its own name.
pub fn place_name(code: &str) -> &str {
    PLACES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find_map(|(known, name)| (known == code).then_some(name))
        .unwrap_or(code)
}

/// Names that take an article in a sentence, beside those that end in "Islands".
const WITH_ARTICLE: [&str; 9] = ["ARE", "BHS", "CAF", "DOM", "GBR", "GMB", "NLD", "PHL", "USA"];

/// The name as it stands within a sentence: "the United Kingdom", "France".
pub fn place_in_sentence(code: &str) -> String {
    let name = place_name(code);
    if WITH_ARTICLE.contains(&code) || name.ends_with(" Islands") {
        return format!("the {name}");
    }
    name.to_string()
}
