//! The table of words and limits: that it is whole, that every phrase finds itself, and that innocent texts are left
//! alone.

use std::collections::BTreeSet;

use suasion_model::lexicon::{
    Found, Language, List, Row, electoral, find, is_placeholder, lag_years, register, rows,
};
use suasion_model::places::place_name;
use suasion_model::strategy::words::InitiativeKind;

/// What is found, as the text writes it.
fn found(list: List, language: Language, text: &str) -> Option<&str> {
    find(list, language, text).map(|Found { range, .. }| &text[range])
}

fn check(list: List, language: Language, text: &str, expected: &str) {
    assert_eq!(found(list, language, text), Some(expected), "{text}");
}

/// The text that an entry stands for, with each of its words in turn in each of its forms.
fn readings(entry: &str, gap: &str) -> Vec<String> {
    let pieces: Vec<Vec<&str>> = entry
        .split(' ')
        .map(|piece| if piece == "*" { vec![gap] } else { piece.split('|').collect() })
        .collect();
    let mut readings = Vec::new();
    for (at, forms) in pieces.iter().enumerate() {
        for form in forms {
            let words =
                pieces.iter().enumerate().map(|(other, forms)| if other == at { form } else { forms[0] });
            let words: Vec<&str> = words.map(|word| word.trim_end_matches('~')).collect();
            readings.push(words.join(" "));
        }
    }
    readings
}

fn rows_of(list: &str) -> Vec<Row> {
    rows().filter(|row| row.list == list).collect()
}

#[test]
fn the_table_is_sorted_and_whole() {
    let table = include_str!("../../src/lexicon.tsv");
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("list\tlanguage\tentry\tvalue\tsource"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), rows().count());
    for pair in lines.windows(2) {
        assert!(pair[0] < pair[1], "not sorted: {} and {}", pair[0], pair[1]);
    }
    // "run-off" is two words, so it is no alternative to "ballot".
    let choices = |entry: &str| entry.split(' ').filter(|piece| piece.contains('|')).collect::<String>();
    let mut seen = BTreeSet::new();
    for (line, row) in lines.iter().zip(rows()) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 5, "{line}");
        assert!(columns.iter().all(|column| !column.is_empty() && column.trim() == *column), "{line}");
        assert!(row.language == "-" || Language::of_tag(row.language).is_some(), "{line}");
        assert!(!choices(row.entry).contains(['-', '\'', '/', '.', '*']), "two words in a choice: {line}");
        assert!(seen.insert((row.list, row.language, row.entry)), "twice: {line}");
    }
}

#[test]
fn every_list_of_words_has_every_language() {
    for list in List::ALL {
        for language in Language::ALL {
            let n_phrases = rows_of(list.name()).iter().filter(|row| row.language == language.tag()).count();
            let least = if list == List::Vague { 25 } else { 10 };
            assert!(n_phrases >= least, "{} in {}: {n_phrases}", list.name(), language.tag());
        }
    }
}

#[test]
fn every_phrase_finds_itself() {
    for list in List::ALL {
        for row in rows_of(list.name()) {
            let language = Language::of_tag(row.language).unwrap();
            for gap in ["", "one", "one two three"] {
                for reading in readings(row.entry, gap) {
                    let found = find(list, language, &reading);
                    assert!(found.is_some(), "`{}` is not found in `{reading}`", row.entry);
                }
            }
        }
    }
}

#[test]
fn every_word_of_the_electoral_guard_is_of_a_known_class() {
    let objects = rows_of("electoral-object");
    let classes: BTreeSet<&str> = objects.iter().map(|row| row.value.trim_end_matches(" loose")).collect();
    let mut reached = BTreeSet::new();
    for row in rows_of("electoral-steer") {
        for reach in row.value.split(' ') {
            let at = reach.find(['~', '<', '>']).unwrap_or_else(|| panic!("no distance: {row:?}"));
            assert!(classes.contains(&reach[..at]), "unknown class: {row:?}");
            assert!(reach[at + 1..].parse::<usize>().is_ok(), "no distance: {row:?}");
            reached.insert(&reach[..at]);
        }
    }
    assert_eq!(reached, classes, "a class that no verb reaches, or a verb without its nouns");
    for list in ["electoral-except", "electoral-elsewhere"] {
        assert!(rows_of(list).iter().all(|row| row.value == "-"), "{list} has values");
    }
}

#[test]
fn a_noun_of_elections_alone_is_innocent() {
    for row in rows_of("electoral-object") {
        let reading = readings(row.entry, "").swap_remove(0);
        let judged = electoral(&reading);
        assert!(judged.is_none(), "`{reading}` alone is guilty: {judged:?}");
    }
}

#[test]
fn the_earliest_phrase_is_found_and_the_longest_of_those() {
    check(List::Superlative, Language::English, "the best schools in the world, second to none", "the best");
    check(
        List::Superlative,
        Language::English,
        "the world\u{2019}s most admired nation",
        "the world\u{2019}s most",
    );
    // A phrase ends with its sentence.
    assert_eq!(found(List::Vague, Language::English, "Visits improve. Image rights are sold."), None);
    check(List::Superlative, Language::English, "We are No. 1. The best", "No. 1");
}

#[test]
fn vague_phrases_are_found_as_people_write_them() {
    use Language::{Arabic, English, French, Spanish};
    let check = |language, text, expected| check(List::Vague, language, text, expected);
    check(English, "To improve the country's image abroad", "improve the country's image");
    check(English, "Raising public awareness", "Raising public awareness");
    check(English, "We want to STRENGTHEN the long-standing ties", "STRENGTHEN the long-standing ties");
    check(English, "win the hearts and minds of the young", "win the hearts and minds");
    check(French, "Améliorer l\u{2019}image de la France", "Améliorer l\u{2019}image");
    check(French, "AMELIORER SON IMAGE", "AMELIORER SON IMAGE");
    check(French, "ame\u{301}liorer son image", "ame\u{301}liorer son image");
    check(French, "gagner les cœurs et les esprits", "gagner les cœurs");
    check(Spanish, "Mejorar la imagen de México", "Mejorar la imagen");
    check(Spanish, "Mejorar nuestra reputación", "Mejorar nuestra reputación");
    check(Spanish, "Que se estrechen los vínculos culturales", "estrechen los vínculos");
    check(Arabic, "تحسين صورة البلاد", "تحسين صورة");
    check(Arabic, "نسعى لتحسين صورتنا في الخارج", "لتحسين صورتنا");
    check(Arabic, "وتَعْزِيز العلاقات الثنائية", "وتَعْزِيز العلاقات");
    check(Arabic, "رفـــع مستوى الوعي", "رفـــع مستوى الوعي");
    for (language, text) in [
        (English, "Raised awareness of our heritage"),
        (English, "Awareness of our heritage is raised"),
        (English, "Deepened mutual understanding"),
        (English, "Enhancing mutual understanding"),
        (English, "Become a global leader in design"),
        (English, "To be better known in Asia"),
        (English, "More positive perceptions of the country"),
        (English, "Greater visibility in the region"),
        (English, "Fostered dialogue"),
        (English, "Bridges between our two peoples"),
        (French, "Approfondir la compréhension mutuelle"),
        (French, "Devenir un acteur majeur"),
        (French, "Une perception plus positive du pays"),
        (French, "Que nos musées soient mieux connus"),
        (Spanish, "Profundizar el entendimiento mutuo"),
        (Spanish, "Convertirse en un referente mundial"),
        (Spanish, "Una percepción más favorable del país"),
        (Spanish, "Ser más conocidos en Asia"),
        (Arabic, "تعميق التفاهم المتبادل"),
        (Arabic, "أن تصبح بلادنا مركزا عالميا"),
        (Arabic, "صورة إيجابية عن بلادنا"),
    ] {
        assert!(found(List::Vague, language, text).is_some(), "{text}");
    }
}

#[test]
fn what_can_be_measured_is_not_vague() {
    for (language, text) in [
        (Language::English, "More people visit the United Kingdom because of the Games and the campaign"),
        (Language::English, "Improve the satellite image archive"),
        (Language::English, "Improve the image resolution of the maps"),
        (Language::English, "Build bridges over the two rivers by 2030"),
        (Language::English, "Students improve. Image rights are sold"),
        (Language::French, "Davantage d'étudiants choisissent nos universités"),
        (Language::French, "Améliorer la qualité des images de l'inventaire"),
        (Language::French, "Nos diplômes sont mieux reconnus par les employeurs"),
        (Language::French, "Deux diplômes sont davantage reconnus"),
        (Language::Spanish, "Más estudiantes eligen nuestras universidades"),
        (Language::Spanish, "Construir puentes sobre los dos ríos"),
        (Language::Spanish, "Títulos más reconocidos por las empresas"),
        (Language::Spanish, "Los vinos más valorados en la cata"),
        (Language::Arabic, "زيادة عدد الطلاب الوافدين إلى جامعاتنا"),
    ] {
        assert_eq!(found(List::Vague, language, text), None, "{text}");
    }
}

#[test]
fn superlatives_are_found_and_innocent_words_are_not() {
    use Language::{Arabic, English, French, Spanish};
    let check = |language, text, expected| check(List::Superlative, language, text, expected);
    check(English, "We are the best country to study in", "the best");
    check(English, "A world-leading school", "world-leading");
    check(English, "The world\u{2019}s leading cultural power", "world\u{2019}s leading");
    check(English, "Our museums are second to none", "second to none");
    check(English, "the most admired nation", "most admired");
    check(English, "No. 1 for food", "No. 1");
    check(French, "Le meilleur pays d'accueil", "Le meilleur");
    check(French, "une gastronomie sans égal", "sans égal");
    check(French, "le leader mondial de la mode", "leader mondial");
    check(French, "le pays le plus visité, la plus belle langue", "la plus belle");
    check(Spanish, "Somos el mejor destino", "el mejor");
    check(Spanish, "un patrimonio sin igual", "sin igual");
    check(Arabic, "نحن الأفضل في المنطقة", "الأفضل في المنطقة");
    check(Arabic, "تراث لا مثيل له", "لا مثيل");
    check(Arabic, "الدولة الأكثر تأثيرا", "الأكثر تأثيرا");
    for (language, text) in [
        (English, "One of the largest economies"),
        (English, "The oldest continuing parliament"),
        (English, "Asia\u{2019}s oldest university"),
        (English, "The first film school in Asia to award doctorates"),
        (English, "The first film school in the world"),
        (English, "The first country in the Arab world to teach it"),
        (English, "A festival that is the first of its kind"),
        (English, "World-leading, unrivalled and number one"),
        (French, "La plus ancienne université"),
        (French, "La première école de cinéma d'Asie"),
        (French, "Un accueil à nul autre pareil"),
        (Spanish, "La más antigua universidad"),
        (Spanish, "La primera escuela de cine de Asia"),
        (Spanish, "Un país como ningún otro"),
        (Arabic, "أقدم جامعة في العالم"),
        (Arabic, "أول مدرسة للسينما في آسيا"),
    ] {
        assert!(found(List::Superlative, language, text).is_some(), "{text}");
    }
    for (language, text) in [
        (English, "Offices in the largest cities"),
        (English, "First-year students in Asia"),
        (English, "First, students in Asia are invited"),
        (English, "First, students in the world of design are invited"),
        (English, "The first professor of history is appointed"),
        (English, "Our first office in Asia opens"),
        (English, "In the first year in the region"),
        (English, "At least five, in the best way to learn"),
        (French, "Dans les plus grandes villes"),
        (French, "La première année en Asie"),
        (Spanish, "Por primera vez en Asia"),
        (Arabic, "للمرة الأولى في المنطقة"),
        (English, "At most 5 visits a year"),
        (English, "The most recent survey"),
        (English, "The best practice of other agencies"),
        (English, "Best practices are shared"),
        (English, "At best, half of them return"),
        (English, "Almost every school"),
        (English, "Support the best candidates with a grant"),
        (English, "Most students come from three countries"),
        (English, "No one under 18"),
        (English, "World leaders meet in the capital"),
        (French, "Au plus cinq visites par an"),
        (French, "Les meilleures pratiques"),
        (French, "Le plus souvent en été"),
        (French, "Au moins deux fois, de plus en plus tôt"),
        (French, "Une meilleure connaissance des archives"),
        (Spanish, "A lo mejor vienen más"),
        (Spanish, "Las mejores prácticas"),
        (Spanish, "La mayor parte de los estudiantes"),
        (Spanish, "Como máximo cinco visitas, lo mejor posible"),
        (Arabic, "أكثر من عشرين ألف طالب"),
        (Arabic, "على الأكثر خمس زيارات"),
        (Arabic, "أفضل الممارسات"),
    ] {
        assert_eq!(found(List::Superlative, language, text), None, "{text}");
    }
}

#[test]
fn comparisons_are_found() {
    for (language, text) in [
        (Language::English, "Ranked third of the OECD countries"),
        (Language::English, "more open than its neighbours"),
        (Language::French, "Classée deuxième selon l'indice"),
        (Language::French, "par rapport aux pays voisins"),
        (Language::Spanish, "Según el índice, frente a sus vecinos"),
        (Language::Arabic, "الثالثة في تصنيف الجامعات"),
        (Language::Arabic, "مقارنةً بدول الجوار"),
    ] {
        assert!(found(List::Comparison, language, text).is_some(), "{text}");
    }
    for (language, text) in [
        (Language::English, "We are the best country to study in"),
        (Language::French, "Nous sommes le meilleur pays pour étudier"),
        (Language::Spanish, "Somos el mejor destino para estudiar"),
        (Language::Arabic, "نحن الأفضل على الإطلاق"),
    ] {
        assert_eq!(found(List::Comparison, language, text), None, "{text}");
    }
}

#[test]
fn a_placeholder_is_the_whole_text() {
    for text in [
        "",
        "  ",
        "?",
        "???",
        "-",
        "…",
        "Unknown",
        "TBD.",
        "tbd",
        "N/A",
        "n.a.",
        "none",
        "To be determined",
        "à définir",
        "Néant",
        "s.o.",
        "Por definir",
        "Ninguno",
        "n/d",
        "غير معروف",
        "لا يوجد",
        "سيُحدَّد لاحقًا",
    ] {
        assert!(is_placeholder(text), "{text}");
    }
    for text in [
        "None of the others pays",
        "Unknown artists tour the provinces",
        "Later generations",
        "Tourist board",
        "0",
        "5 %",
        "Rien ne change",
        "Nada más que visitas",
        "غير معروف لدى الجمهور الشاب",
        "X-rays",
        "Nobody",
    ] {
        assert!(!is_placeholder(text), "{text}");
    }
}

#[test]
fn languages_have_tags() {
    for language in Language::ALL {
        assert_eq!(Language::of_tag(language.tag()), Some(language));
    }
    assert_eq!(Language::of_tag("fr-CA"), Some(Language::French));
    assert_eq!(Language::of_tag("AR_eg"), Some(Language::Arabic));
    for (codes, language) in [
        (&["eng", "ENG", "en-GB", "eng-GB"][..], Language::English),
        (&["fra", "fre", "fr_CA"], Language::French),
        (&["spa", "es-419"], Language::Spanish),
        (&["ara", "ar-EG"], Language::Arabic),
    ] {
        for code in codes {
            assert_eq!(Language::of_tag(code), Some(language), "{code}");
        }
    }
    for tag in ["", "de", "deu", "engl", "-", "français"] {
        assert_eq!(Language::of_tag(tag), None, "{tag}");
    }
}

#[test]
fn limits_are_read_from_the_table() {
    assert_eq!(lag_years(InitiativeKind::Exchange), Some(10));
    assert_eq!(lag_years(InitiativeKind::Campaign), None);
    for row in rows_of("lag") {
        assert!(InitiativeKind::from_word(row.entry).and_then(lag_years).is_some(), "{row:?}");
    }
    assert!(register("USA").is_some_and(|law| law.contains("1938")));
    assert_eq!(register("CHE"), None);
    for row in rows_of("register") {
        assert_ne!(place_name(row.entry), row.entry, "no such place: {row:?}");
    }
}

/// Texts that nobody writes, and that a program is given all the same.
fn odd_texts() -> Vec<String> {
    let long = 10_000;
    vec![
        "\u{301}".to_string(),
        "\u{301}\u{301} a\u{301} \u{651}".to_string(),
        "🗳️👨‍👩‍👧 vote 🗳️ for 🏳️‍🌈".to_string(),
        "\u{202e}\u{200f}vote\u{200f} for \u{2066}the opposition\u{2069}".to_string(),
        "\0\0vote\0for\0the\0opposition\0".to_string(),
        "'''l'd'qu's's's 's l'".to_string(),
        "½ ﬁ ﷺ İ ẞ ŉ ǆ Ⅷ ㎏ 한국 日本".to_string(),
        "و ال لل وال بال وبال ".repeat(100),
        "a".repeat(long),
        "ا".repeat(long),
        "و".repeat(long),
        "\u{301}".repeat(long),
        "'".repeat(long),
        ".".repeat(long),
        " ".repeat(long),
        "vote ".repeat(long),
        "improve ".repeat(long),
        "vote for candidate of the third party ".repeat(long / 10),
        "UNESCO win candidate election vote ".repeat(long / 10),
        "win ".repeat(long) + &"election ".repeat(long),
        "تعزيز ".repeat(long),
    ]
}

#[test]
fn no_text_breaks_a_search() {
    for text in odd_texts() {
        let mut ranges = Vec::new();
        for (list, language) in
            List::ALL.iter().flat_map(|list| Language::ALL.map(|language| (*list, language)))
        {
            ranges.extend(find(list, language, &text).map(|found| found.range));
        }
        ranges.extend(electoral(&text).into_iter().flat_map(|found| [found.steer, found.object]));
        is_placeholder(&text);
        for range in ranges {
            assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?}");
        }
    }
}
