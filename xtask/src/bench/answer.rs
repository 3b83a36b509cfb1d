//! What a program said of its run: seconds, figures by name, and the nodes with the largest scores.

use std::collections::BTreeMap;

use crate::Failure;

/// Which seconds count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// The whole process, from start to end.
    Wall,
    /// The algorithm, on a graph that is built.
    Run,
}

/// One run of one side.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Run {
    pub(super) seconds: f64,
    pub(super) answer: Answer,
}

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Answer {
    pub(super) figures: BTreeMap<String, f64>,
    /// Nodes with the largest scores, the largest first.
    pub(super) top: Vec<(String, f64)>,
}

impl Answer {
    /// A figure that must be there.
    pub(super) fn figure(&self, name: &str) -> Result<f64, String> {
        self.figures.get(name).copied().ok_or_else(|| format!("no {name} was found"))
    }
}

/// Reads the JSON of `suasion-graph`, which prints a key a line.
pub(super) fn ours(text: &str, clock: Clock, wall: f64) -> Result<Run, Failure> {
    let mut run = Run::default();
    let mut node = None;
    for line in text.lines() {
        let Some((key, value)) = line.trim().trim_end_matches(',').split_once(": ") else { continue };
        let key = key.trim_matches('"');
        match (key, value.parse::<f64>()) {
            ("node", _) => node = Some(value.trim_matches('"').to_owned()),
            ("value", Ok(value)) => run.answer.top.extend(node.take().map(|node| (node, value))),
            (_, Ok(value)) => {
                run.answer.figures.insert(key.to_owned(), value);
            }
            _ => {}
        }
    }
    run.seconds = match clock {
        Clock::Wall => wall,
        Clock::Run => run.answer.figure("run").map_err(Failure::CouldNot)?,
    };
    Ok(run)
}

/// Reads what a program of the GAP benchmark suite prints.
pub(super) fn gap(text: &str, clock: Clock, wall: f64) -> Result<Run, Failure> {
    let mut run = Run { seconds: wall, answer: Answer::default() };
    let mut add = |name: &str, value: &str| {
        if let Ok(value) = value.parse() {
            run.answer.figures.insert(name.to_owned(), value);
        }
    };
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["Trial", "Time:", seconds] => add("run", seconds),
            ["Read", "Time:", seconds] => add("read", seconds),
            ["Build", "Time:", seconds] => add("build", seconds),
            ["Relabel:", seconds] => add("relabel", seconds),
            ["Graph", "has", n_nodes, "nodes", "and", n_edges, ..] => {
                add("n_nodes", n_nodes);
                add("n_edges", n_edges);
            }
            ["There", "are", n, "components"] => add("n_components", n),
            [n, "triangles"] => add("triangles", n),
            _ => {}
        }
    }
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    let is_node = |node: &str| !node.is_empty() && node.bytes().all(|byte| byte.is_ascii_digit());
    let scores = pairs.filter(|(node, _)| is_node(node));
    run.answer.top =
        scores.filter_map(|(node, score)| Some((node.to_owned(), score.parse().ok()?))).collect();
    if clock == Clock::Run {
        run.seconds = run.answer.figure("run").map_err(Failure::CouldNot)?;
    }
    Ok(run)
}

/// The sources that GAP's `bc -l` says it took.
pub(super) fn gap_sources(text: &str) -> Vec<String> {
    let sources = text.lines().filter_map(|line| line.strip_prefix("Source:"));
    sources.map(|source| source.trim().to_owned()).collect()
}

/// Reads a line of a driver: `name value` pairs, of which `seconds` is the time and `top` comes before node and score.
pub(super) fn driver(line: &str) -> Result<Run, Failure> {
    let mut run = Run::default();
    let mut words = line.split_whitespace();
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        if name == "top" {
            let score = words.next().and_then(|score| score.parse().ok());
            run.answer.top.extend(score.map(|score| (value.to_owned(), score)));
        } else if let Ok(value) = value.parse() {
            run.answer.figures.insert(name.to_owned(), value);
        }
    }
    run.seconds = run
        .answer
        .figure("seconds")
        .map_err(|why| Failure::CouldNot(format!("read what the driver said: {why}: {line}")))?;
    Ok(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_json_is_read() {
        let text = "{\n  \"n_nodes\": 3,\n  \"seconds\": {\n    \"build\": 0.5,\n    \"run\": 0.25\n  },\n  \
                    \"top_pagerank\": [\n    {\n      \"node\": \"7\",\n      \"value\": 1.5e-3\n    }\n  ]\n}\n";
        let run = ours(text, Clock::Run, 9.0).unwrap();
        assert_eq!(run.seconds, 0.25);
        assert_eq!(run.answer.figure("n_nodes"), Ok(3.0));
        assert_eq!(run.answer.top, [("7".to_owned(), 0.0015)]);
        assert_eq!(ours(text, Clock::Wall, 9.0).unwrap().seconds, 9.0);
        assert!(ours("{}", Clock::Run, 9.0).is_err());
    }

    #[test]
    fn what_gap_prints_is_read() {
        let text = "Read Time:           0.22151\nGraph has 1048576 nodes and 16085314 directed edges for degree: 15\n\
                    Source:               327007\nTrial Time:          0.23201\n334413:0.00118343\n\
                    There are 402306 components\nAverage Time:        0.23865\n";
        let run = gap(text, Clock::Run, 9.0).unwrap();
        assert_eq!(run.seconds, 0.23201);
        assert_eq!(run.answer.figure("n_components"), Ok(402_306.0));
        assert_eq!(run.answer.figure("n_edges"), Ok(16_085_314.0));
        assert_eq!(run.answer.top, [("334413".to_owned(), 0.001_183_43)]);
        assert_eq!(gap_sources(text), ["327007"]);
    }

    #[test]
    fn what_a_driver_says_is_read() {
        let run = driver("seconds 0.5 greatest_core_number 612 top 3 0.25").unwrap();
        assert_eq!((run.seconds, run.answer.figure("greatest_core_number")), (0.5, Ok(612.0)));
        assert_eq!(run.answer.top, [("3".to_owned(), 0.25)]);
        assert!(driver("Traceback").is_err());
    }
}
