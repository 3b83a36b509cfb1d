"""Runs an algorithm of NetworKit again and again on a graph that it holds, for `cargo xtask bench graph`.

usage: networkit_driver.py PAIRS.bin directed|undirected N_NODES THREADS ALGORITHM [ARGUMENT…]

Each line of standard input is answered by one line. `run` runs the algorithm and answers `seconds S name value …`.
`compare COLUMN FILE` reads a column of a CSV, and answers by how much the last run differs from it at most.
"""

import csv
import sys
import time

import networkit as nk
import numpy as np


def load(path, directed, n_nodes):
    pairs = np.fromfile(path, dtype="<u4").reshape(-1, 2).astype(np.uint64)
    columns = (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1]))
    return nk.graph.GraphFromCoo(columns, n=n_nodes, directed=directed, weighted=False)


def strong_components(graph):
    found = nk.components.StronglyConnectedComponents(graph)
    return found, lambda: [("n_components", found.numberOfComponents())], None


def core_numbers(graph):
    found = nk.centrality.CoreDecomposition(graph)
    return found, lambda: [("greatest_core_number", found.maxCoreNumber())], found.scores


def clustering(graph):
    # The faster of its two variants; it needs sorted rows.
    found = nk.centrality.LocalClusteringCoefficient(graph, True)
    return found, list, found.scores


def kadabra(graph, epsilon, delta):
    found = nk.centrality.KadabraBetweenness(graph, float(epsilon), float(delta))
    # It divides by the unordered pairs of an undirected graph where it has counted ordered ones: the centre of a star
    # of five, which lies between 12 of 20, is given 1.2.
    share = 1 if graph.isDirected() else 0.5
    return found, lambda: [("samples", found.getNumberOfIterations())], lambda: share * np.asarray(found.scores())


ALGORITHMS = {
    "strong-components": strong_components,
    "core-numbers": core_numbers,
    "clustering": clustering,
    "kadabra": kadabra,
}


def difference(name, path, scores):
    """The greatest absolute difference, over nodes for which both sides have a value."""
    theirs = np.asarray(scores)
    with open(path, newline="") as file:
        rows = csv.reader(file)
        column = next(rows).index(name)
        ours = np.full(len(theirs), np.nan)
        for row in rows:
            if row[column]:
                ours[int(row[0])] = float(row[column])
    return np.nanmax(np.abs(ours - theirs)), int(np.isfinite(ours).sum())


def main():
    path, direction, n_nodes, threads, name, *arguments = sys.argv[1:]
    nk.setNumberOfThreads(int(threads))
    nk.setSeed(42, False)
    graph = load(path, direction == "directed", int(n_nodes))
    graph.sortEdges()
    values = None
    for line in sys.stdin:
        words = line.split()
        if words[0] == "run":
            algorithm, figures, values = ALGORITHMS[name](graph, *arguments)
            start = time.perf_counter()
            algorithm.run()
            seconds = time.perf_counter() - start
            pairs = [("seconds", seconds), *figures()]
        else:
            greatest, n_compared = difference(words[1], words[2], values())
            pairs = [("seconds", 0), ("difference", greatest), ("n_compared", n_compared)]
        print(*(f"{key} {value}" for key, value in pairs), flush=True)


main()
