"""Finds the exact harmonic closeness of a thousand nodes that something leads to, for `cargo xtask bench graph`.

usage: exact_harmonic.py PAIRS.bin N_NODES THREADS OUT.csv

Nodes are drawn at random, always the same. Distances to a node are found by NetworKit's breadth-first search along
reversed edges.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import networkit as nk
import numpy as np

N_DRAWN = 1_000


def main():
    path, n_nodes, threads, out = sys.argv[1:]
    pairs = np.fromfile(path, dtype="<u4").reshape(-1, 2).astype(np.uint64)
    columns = (np.ones(len(pairs)), (pairs[:, 1], pairs[:, 0]))
    reverse = nk.graph.GraphFromCoo(columns, n=int(n_nodes), directed=True, weighted=False)
    loops = pairs[:, 0] == pairs[:, 1]
    led_to = np.unique(pairs[~loops, 1])
    drawn = np.sort(np.random.default_rng(1).choice(led_to, N_DRAWN, replace=False))

    def harmonic(node):
        search = nk.distance.BFS(reverse, int(node), storePaths=False)
        search.run()
        distances = np.asarray(search.getDistances())
        reached = distances[(distances > 0) & (distances < float(n_nodes))]
        return (1 / reached).sum()

    with ThreadPoolExecutor(int(threads)) as pool, open(out, "w") as file:
        file.write("node,harmonic\n")
        for node, value in zip(drawn, pool.map(harmonic, drawn)):
            file.write(f"{node},{float(value)!r}\n")


main()
