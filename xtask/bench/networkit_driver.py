"""Runs an algorithm of NetworKit again and again on a graph that it holds, for `cargo xtask bench graph`.

usage: networkit_driver.py PAIRS.bin directed|undirected N_NODES THREADS ALGORITHM [ARGUMENT…]

Each line of standard input is answered by one line. `run` runs the algorithm and answers `seconds S name value …`.
`compare COLUMN FILE` reads a column of a CSV, and answers by how much the last run differs from it at most.
`judge COLUMN FILE [PLANTED]` reads communities, and answers their modularity, how many are in pieces, and their
normalised mutual information with those in a file of u32.
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


def leiden(graph, iterations):
    global runs
    runs += 1
    nk.setSeed(runs, False)
    found = nk.community.ParallelLeiden(graph, iterations=int(iterations), randomize=True)
    return found, lambda: [("modularity", nk.community.Modularity().getQuality(found.getPartition(), graph))], None


runs = 0
ALGORITHMS = {
    "strong-components": strong_components,
    "core-numbers": core_numbers,
    "clustering": clustering,
    "kadabra": kadabra,
    "leiden": leiden,
}


def read(name, path, n_nodes):
    """A column by node, not a number where it is blank."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        column = next(rows).index(name)
        values = np.full(n_nodes, np.nan)
        for row in rows:
            if row[column]:
                values[int(row[0])] = float(row[column])
    return values


def difference(name, path, scores):
    """The greatest absolute difference, over nodes for which both sides have a value."""
    theirs = np.asarray(scores)
    ours = read(name, path, len(theirs))
    return np.nanmax(np.abs(ours - theirs)), int(np.isfinite(ours).sum())


def entropy(counts):
    shares = counts[counts > 0] / counts.sum()
    return -(shares * np.log(shares)).sum()


def judge(graph, name, path, planted=None):
    """How good communities are; information is divided by the mean of both entropies."""
    labels = np.unique(read(name, path, graph.numberOfNodes()), return_inverse=True)[1]
    n = labels.max() + 1
    partition = nk.structures.Partition(len(labels), labels.tolist())
    partition.setUpperBound(n)
    yield "modularity", nk.community.Modularity().getQuality(partition, graph)
    inside = nk.Graph(graph.numberOfNodes())
    sources, targets = np.array([(u, v) for u, v in graph.iterEdges() if labels[u] == labels[v]], dtype=np.uint64).T
    inside.addEdges((sources, targets))
    components = nk.components.ConnectedComponents(inside).run()
    yield "n_apart", components.numberOfComponents() - n
    if planted:
        truth = np.fromfile(planted, dtype="<u4").astype(np.int64)
        both = np.unique(labels * (truth.max() + 1) + truth, return_counts=True)[1]
        of_each = entropy(np.bincount(labels)), entropy(np.bincount(truth))
        yield "information", (sum(of_each) - entropy(both)) / (sum(of_each) / 2)


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
        elif words[0] == "judge":
            pairs = [("seconds", 0), *judge(graph, *words[1:])]
        else:
            greatest, n_compared = difference(words[1], words[2], values())
            pairs = [("seconds", 0), ("difference", greatest), ("n_compared", n_compared)]
        print(*(f"{key} {value}" for key, value in pairs), flush=True)


main()
