//! A figure: its caption, its chart, and the numbers behind it as a table.

use maud::{Markup, html};
use suasion_model::finding::{Figure, FigureData, Line};
use suasion_model::period::Period;

use super::super::network_tables;
use super::super::svg;
use super::scrolling;
use suasion_model::number;

pub(super) fn figure(figure: &Figure, finding: &str, name: &str, number: usize) -> Markup {
    let id = format!("{finding}-figure-{number}");
    html! {
        figure.drawn id=(id) {
            figcaption {
                span.number { (name) }
                strong dir="auto" { (figure.title) }
                span.summary dir="auto" { (figure.summary) }
            }
            (svg::chart(figure, &id))
            details {
                summary { "The numbers behind this figure" }
                (scrolling(&format!("Numbers behind {name}"), &table(figure)))
            }
        }
    }
}

fn table(figure: &Figure) -> Markup {
    match &figure.data {
        FigureData::Path { periods, lines, .. } => {
            let lines: Vec<&Line> = lines.iter().collect();
            by_period(&figure.unit, periods, &lines)
        }
        FigureData::Gaps { periods, treated, placebos, .. } => {
            by_line(&figure.unit, periods, treated, placebos)
        }
        FigureData::Shares { bars } => html! {
            table.data {
                caption { "Shares of the whole" }
                thead { tr { th scope="col" { "Name" } th.n scope="col" { "Share" } } }
                tbody {
                    @for bar in bars {
                        tr { th scope="row" dir="auto" { (bar.name) } td.n { (number::percent(bar.share)) } }
                    }
                }
            }
        },
        FigureData::Dependence { focus, partners } => html! {
            table.data {
                caption { "Flows and shares" }
                thead { tr {
                    th scope="col" { "Partner" }
                    th.n scope="col" { "To " bdi { (focus) } ", " bdi { (figure.unit) } }
                    th.n scope="col" { "Of all that comes to " bdi { (focus) } }
                    th.n scope="col" { "Of all that leaves the partner" }
                    th.n scope="col" { "Asymmetry, percentage points" }
                } }
                tbody {
                    @for partner in partners {
                        tr {
                            th scope="row" dir="auto" { (partner.name) }
                            td.n { (number::value(partner.flow_to_focus)) }
                            td.n { (number::percent(partner.focus_depends)) }
                            td.n { (number::percent(partner.partner_depends)) }
                            td.n { (number::in_column(partner.asymmetry.map(|share| 100.0 * share), Some(1))) }
                        }
                    }
                }
            }
        },
        network => html! {
            @for table in network_tables::tables(network) { (of_words(&table)) }
        },
    }
}

/// A table whose cells are words already.
fn of_words(table: &network_tables::Table) -> Markup {
    html! {
        table.data {
            caption { (table.caption) }
            thead { tr {
                @for (name, figures) in &table.columns {
                    th class=[figures.then_some("n")] scope="col" dir="auto" { (name) }
                }
            } }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (index, (cell, (_, figures))) in row.iter().zip(&table.columns).enumerate() {
                            @if index == 0 {
                                th scope="row" dir="auto" { (cell) }
                            } @else {
                                td class=[figures.then_some("n")] dir="auto" { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A row a period, a column a line.
fn by_period(unit: &str, periods: &[Period], lines: &[&Line]) -> Markup {
    let decimals = decimals(lines.iter().copied());
    html! {
        table.data {
            caption { "Values, " bdi { (unit) } }
            thead { tr {
                th scope="col" { "Period" }
                @for line in lines { th.n scope="col" dir="auto" { (line.name) } }
            } }
            tbody {
                @for (index, period) in periods.iter().enumerate() {
                    tr {
                        th scope="row" { (period) }
                        @for line in lines { td.n { (cell(line, index, decimals)) } }
                    }
                }
            }
        }
    }
}

/// A row a line, a column a period: there may be dozens of placebos.
fn by_line(unit: &str, periods: &[Period], treated: &Line, placebos: &[Line]) -> Markup {
    let decimals = decimals(std::iter::once(treated).chain(placebos));
    html! {
        table.data {
            caption { "Gaps, " bdi { (unit) } }
            thead { tr {
                th scope="col" { "Whose gap" }
                @for period in periods { th.n scope="col" { (period) } }
            } }
            tbody {
                @for line in std::iter::once(treated).chain(placebos) {
                    tr {
                        th scope="row" dir="auto" { (line.name) }
                        @for index in 0..periods.len() { td.n { (cell(line, index, decimals)) } }
                    }
                }
            }
        }
    }
}

fn decimals<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<usize> {
    number::decimals_of_column(lines.flat_map(|line| line.values.iter().copied().flatten()))
}

fn cell(line: &Line, index: usize, decimals: Option<usize>) -> String {
    number::in_column(line.values.get(index).copied().flatten(), decimals)
}
