"""Writes what netbone says of ties of edges.tsv by the disparity filter: disparity.tsv (graph, one, other, α)."""

from importlib.metadata import version

import networkx as nx
from netbone.statistical.disparity import disparity

with open("disparity.tsv", "w") as out:
    print(f"# netbone {version('netbone')} on networkx {nx.__version__}", file=out)
    for name in ("karate", "davis-women"):
        g = nx.Graph()
        with open("edges.tsv") as edges:
            for row in (line.split() for line in edges):
                if row[0] == name:
                    g.add_edge(int(row[1]), int(row[2]), weight=float(row[3]))
        found = disparity(g).graph
        ties = sorted((*sorted((u, v)), alpha) for u, v, alpha in found.edges(data="p_value"))
        for u, v, alpha in ties:
            print(name, u, v, repr(float(alpha)), sep="\t", file=out)
