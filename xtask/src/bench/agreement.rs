//! Whether both sides found the same.

use std::path::Path;
use std::process::Command;

use super::answer::{self, Answer, Run};
use super::jobs::{Agreement, Column, Communities, Job};
use super::peers::{self, Peer};
use super::table::Outcome;
use super::{N_THREADS, Places, graphs};
use crate::npm::failed;
use crate::{Failure, command};

/// How many seeds errors are averaged over, and communities judged with.
const N_SEEDS: u64 = 5;

/// By how much a share of the largest score may differ, relative to theirs: GAP prints and adds up `f32`.
const SHARES_WITHIN: f64 = 1e-3;

/// A job that both sides have run once.
pub(super) struct Pair<'p> {
    pub(super) job: &'static Job,
    pub(super) places: &'p Places,
    pub(super) peer: &'p Peer,
    /// Where paths start, if not everywhere.
    pub(super) sources: &'p [String],
    pub(super) ours: &'p Answer,
    pub(super) theirs: &'p Answer,
}

impl Pair<'_> {
    pub(super) fn outcome(&self) -> Result<Outcome, Failure> {
        if let Err(differs) = self.job.check_known(self.ours) {
            return Ok(Outcome::Differs(differs));
        }
        let agreed = match &self.job.agreement {
            Agreement::Answers(agree) => agree(self.ours, self.theirs),
            Agreement::Column(column) => within(self.column(column)?, column),
            Agreement::WithEnds => shares(&self.with_ends()?, self.theirs),
            Agreement::Errors(column) => self.errors(column)?,
            Agreement::Communities(least) => self.communities(least)?,
            Agreement::Nothing => Ok(String::new()),
        };
        Ok(agreed.map_or_else(Outcome::Differs, Outcome::Agrees))
    }

    /// Runs ours once more, and has the peer compare a column with its own.
    fn column(&self, column: &Column) -> Result<Option<Run>, Failure> {
        let out = self.places.folder.join("ours.csv");
        command::output(&mut self.job.command(self.places, self.sources, Some(&out)))?;
        self.peer.compare(&out, column.name)
    }

    /// What ours would be with a source between itself and each node that it reaches, as GAP counts.
    fn with_ends(&self) -> Result<Vec<f64>, Failure> {
        let out = self.places.folder.join("ours.csv");
        command::output(&mut self.job.command(self.places, self.sources, Some(&out)))?;
        let mut scores = column(&out, "betweenness")?;
        for source in self.sources {
            let mut distances = Command::new(&self.places.program);
            distances.arg("distances").arg(self.job.file(self.places)).args(["--source", source]);
            distances.args(["--nodes", graphs::n_nodes(self.job.graph), "--threads", &N_THREADS.to_string()]);
            distances.args([self.job.direction(), "--format", "json"]);
            let found = answer::ours(&command::output(&mut distances)?, self.job.clock, 0.0)?.answer;
            let reached = found.figure("reached").map_err(Failure::CouldNot)?;
            let own = source.parse().ok().and_then(|source: usize| scores.get_mut(source));
            *own.ok_or_else(|| Failure::CouldNot(format!("find the source {source}")))? += reached - 1.0;
        }
        Ok(scores)
    }

    /// The root mean square of relative errors, over nodes whose exact value is known and over seeds.
    fn errors(&self, name: &str) -> Result<Result<String, String>, Failure> {
        let exact = self.exact(name)?;
        let (mut of_ours, mut of_theirs) = (0.0, 0.0);
        for seed in 1..=N_SEEDS {
            let (ours, theirs) = (self.places.folder.join("ours.csv"), self.places.folder.join("theirs.csv"));
            let mut command = self.job.command(self.places, self.sources, Some(&ours));
            command::output(command.args(["--seed", &seed.to_string()]))?;
            self.peer.write(seed, &theirs)?;
            of_ours += square_error(&exact, &column(&ours, name)?);
            of_theirs += square_error(&exact, &column(&theirs, name)?);
        }
        let root = |sum: f64| (sum / N_SEEDS as f64).sqrt();
        let (ours, theirs) = (root(of_ours), root(of_theirs));
        let said = format!(
            "relative RMSE {:.1} %, and {:.1} % theirs, on {} nodes and {N_SEEDS} seeds",
            100.0 * ours,
            100.0 * theirs,
            exact.iter().filter(|value| value.is_finite()).count()
        );
        Ok(if ours <= theirs { Ok(said) } else { Err(said) })
    }

    /// How good communities of ours are, in the middle of several seeds.
    fn communities(&self, least: &Communities) -> Result<Result<String, String>, Failure> {
        let out = self.places.folder.join("ours.csv");
        let planted = self.places.folder.join(format!("{}.truth", self.job.graph));
        let planted = least.information.map(|_| planted.as_path());
        let (mut modularity, mut information, mut n_apart) = (Vec::new(), Vec::new(), 0.0);
        for seed in 1..=N_SEEDS {
            let mut command = self.job.command(self.places, self.sources, Some(&out));
            command::output(command.args(["--seed", &seed.to_string()]))?;
            let Some(judged) = self.peer.judge(&out, "community", planted)? else {
                return Ok(Err("the peer does not judge".to_owned()));
            };
            let figure = |name| judged.answer.figure(name).map_err(Failure::CouldNot);
            modularity.push(figure("modularity")?);
            information.push(if planted.is_some() { figure("information")? } else { f64::NAN });
            n_apart += figure("n_apart")?;
        }
        Ok(good_enough(least, &mut modularity, &mut information, n_apart))
    }

    /// Exact values of some nodes, which NetworKit finds once.
    fn exact(&self, name: &str) -> Result<Vec<f64>, Failure> {
        let file = self.places.folder.join(format!("{}.{name}.csv", self.job.graph));
        if !file.is_file() {
            println!("finding exact values; this takes minutes");
            let draft = file.with_extension("draft");
            let mut script = Command::new(peers::python(self.places)?);
            script.arg(self.places.root.join("xtask/bench/exact_harmonic.py"));
            script.arg(self.places.folder.join(format!("{}.bin", self.job.graph)));
            command::run(script.args([graphs::n_nodes(self.job.graph), &N_THREADS.to_string()]).arg(&draft))?;
            std::fs::rename(&draft, &file).map_err(|error| failed("move", &draft, &error))?;
        }
        column(&file, name)
    }
}

/// Whether the peer's top nodes have the share of the largest score that they have in `scores`. Its order is not
/// compared: it lists nodes whose scores are equal as it meets them.
fn shares(scores: &[f64], theirs: &Answer) -> Result<String, String> {
    let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::NAN, f64::max);
    let unit_ours = largest(&mut scores.iter().copied());
    let unit_theirs = largest(&mut theirs.top.iter().map(|top| top.1));
    if theirs.top.is_empty() {
        return Err("the peer names no nodes".to_owned());
    }
    let mut greatest = 0.0_f64;
    for (node, score) in &theirs.top {
        let ours = node.parse().ok().and_then(|node: usize| scores.get(node));
        let ours = ours.ok_or_else(|| format!("there is no node {node}"))?;
        greatest = greatest.max((ours / unit_ours / (score / unit_theirs) - 1.0).abs());
    }
    let said = format!("their top {} have our scores within {greatest:.0e}", theirs.top.len());
    if greatest <= SHARES_WITHIN { Ok(said) } else { Err(said) }
}

/// Whether a column is as near to the peer's as it should be.
fn within(said: Option<Run>, column: &Column) -> Result<String, String> {
    let said = said.ok_or("the peer does not compare")?.answer;
    let (greatest, n) = (said.figure("difference")?, said.figure("n_compared")?);
    let said = format!("{n} nodes compared, difference at most {greatest:.1e}");
    if n > 0.0 && greatest <= column.within { Ok(said) } else { Err(said) }
}

/// Whether communities of several seeds are in the middle as good as they should be, and all of them connected.
fn good_enough(
    least: &Communities,
    modularity: &mut [f64],
    information: &mut [f64],
    n_apart: f64,
) -> Result<String, String> {
    let middle = |values: &mut [f64]| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let (modularity, information) = (middle(modularity), middle(information));
    let mut said = format!("modularity {modularity:.4} (at least {})", least.modularity);
    if let Some(least) = least.information {
        said += &format!(", NMI {information:.3} (at least {least})");
    }
    said += &format!(", {n_apart} communities in pieces");

    let is_good = modularity >= least.modularity
        && least.information.is_none_or(|least| information >= least)
        && n_apart == 0.0;
    if is_good { Ok(said) } else { Err(said) }
}

/// A column of a CSV file by the number of the node, not a number where it has none.
fn column(path: &Path, name: &str) -> Result<Vec<f64>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| failed("read", path, &error))?;
    read_column(&text, name)
        .ok_or_else(|| Failure::CouldNot(format!("find the column {name} in {}", path.display())))
}

fn read_column(text: &str, name: &str) -> Option<Vec<f64>> {
    let mut lines = text.lines();
    let at = lines.next()?.split(',').position(|title| title == name)?;
    let mut values = Vec::new();
    for line in lines {
        let node: usize = line.split(',').next()?.parse().ok()?;
        values.resize(values.len().max(node + 1), f64::NAN);
        values[node] = line.split(',').nth(at)?.parse().unwrap_or(f64::NAN);
    }
    Some(values)
}

/// The mean of (estimate ÷ exact − 1)², over nodes whose exact value is known; not a number if one has no estimate.
fn square_error(exact: &[f64], estimates: &[f64]) -> f64 {
    let known = exact.iter().enumerate().filter(|(_, value)| value.is_finite());
    let errors: Vec<f64> = known
        .map(|(node, exact)| {
            estimates.get(node).map_or(f64::NAN, |estimate| (estimate / exact - 1.0).powi(2))
        })
        .collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_by_node() {
        let values = read_column("node,a,b\n2,,7\n0,1,3\n", "b").unwrap();
        assert_eq!((values[0], values[2]), (3.0, 7.0));
        assert!(values[1].is_nan());
        assert!(read_column("node,a\n", "b").is_none());
        assert!(read_column("node,a,b\n2,,7\n", "a").unwrap()[2].is_nan());
    }

    #[test]
    fn errors_are_relative_and_of_known_nodes() {
        let exact = [2.0, f64::NAN, 4.0];
        assert_eq!(square_error(&exact, &[3.0, 9.0, 4.0]), 0.125);
        assert!(square_error(&exact, &[3.0, 9.0]).is_nan());
    }

    #[test]
    fn shares_are_compared_node_by_node() {
        let theirs = |top: &[(&str, f64)]| Answer {
            top: top.iter().map(|(node, score)| ((*node).to_owned(), *score)).collect(),
            ..Answer::default()
        };
        let scores = [5.0, 20.0, 10.0, 10.0];
        assert!(shares(&scores, &theirs(&[("1", 1.0), ("3", 0.5), ("2", 0.5)])).is_ok());
        assert!(shares(&scores, &theirs(&[("1", 1.0), ("0", 0.5)])).is_err());
        assert!(shares(&scores, &theirs(&[("1", 1.0), ("4", 0.5)])).is_err());
        assert!(shares(&scores, &theirs(&[])).is_err());
    }

    #[test]
    fn communities_must_be_good_and_whole() {
        let least = Communities { modularity: 0.4, information: Some(0.9) };
        let judge = |modularity: [f64; 3], n_apart| {
            good_enough(&least, &mut modularity.clone(), &mut [0.95, 0.9, 0.1], n_apart)
        };
        assert!(judge([0.5, 0.4, 0.3], 0.0).is_ok());
        assert!(judge([0.5, 0.39, 0.3], 0.0).is_err());
        assert!(judge([0.5, 0.4, 0.3], 1.0).is_err());
        assert!(good_enough(&least, &mut [0.5], &mut [0.8], 0.0).is_err());
        assert!(good_enough(&least, &mut [0.5], &mut [f64::NAN], 0.0).is_err());
        let unplanted = Communities { information: None, ..least };
        assert!(good_enough(&unplanted, &mut [0.5], &mut [f64::NAN], 0.0).is_ok());
    }

    #[test]
    fn a_column_must_be_near_and_not_empty() {
        let column = Column { name: "c", within: 0.5 };
        let said = |text| Some(answer::driver(text).unwrap());
        assert!(within(said("seconds 0 difference 0.5 n_compared 3"), &column).is_ok());
        assert!(within(said("seconds 0 difference 0.6 n_compared 3"), &column).is_err());
        assert!(within(said("seconds 0 difference nan n_compared 0"), &column).is_err());
        assert!(within(None, &column).is_err());
    }
}
