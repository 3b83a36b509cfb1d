# Prints what R's sna says of the graphs that networkx_igraph.py wrote: Rscript sna.R (see README.md).
suppressMessages(library(sna))
graphs <- read.delim("graphs.tsv", header = FALSE)
edges <- read.delim("edges.tsv", header = FALSE)
nodes <- read.delim("nodes.tsv", header = FALSE, quote = "")
out <- file("peers-r.tsv", "w")
for (i in seq_len(nrow(graphs))) {
  name <- graphs$V1[i]; directed <- graphs$V2[i] == "directed"; n <- graphs$V3[i]
  rows <- edges[edges$V1 == name, ]
  m <- matrix(0, n, n); m[cbind(rows$V2, rows$V3) + 1] <- 1
  if (!directed) m <- pmax(m, t(m))
  ties <- pmax(m, t(m))
  mode <- if (directed) "digraph" else "graph"; cmode <- if (directed) "directed" else "undirected"
  say <- function(measure, values, package = "sna") {
    text <- ifelse(is.na(values), "None", format(as.numeric(values), digits = 17, trim = TRUE))
    version <- paste(package, packageVersion(package))
    cat(name, measure, version, paste(text, collapse = " "), sep = "\t", file = out); cat("\n", file = out)
  }
  smallest <- function(membership) sapply(membership, function(part) which(membership == part)[1] - 1)
  say("weak-components", smallest(component.dist(m, connected = "weak")$membership))
  say("strong-components", smallest(component.dist(m, connected = "strong")$membership))
  say("betweenness", betweenness(m, gmode = mode, cmode = cmode))
  say("betweenness-centralisation", centralization(m, betweenness, mode = mode, cmode = cmode))
  say("reciprocity", grecip(m, measure = "edgewise"))
  say("transitivity", gtrans(ties, mode = "graph"))
  say("core-numbers", kcores(ties, mode = "graph"))
  say("cut-points", sort(cutpoints(ties, mode = "graph")) - 1)
  d <- geodist(m)$gdist[1, ]; say("distances from 0", ifelse(is.infinite(d), NA, d))
  degrees <- degree(m, gmode = mode, cmode = "freeman"); say("degrees", degrees)
  if (directed) {
    for (end in c("in", "out")) {
      say(paste0(end, "-degrees"), degree(m, gmode = mode, cmode = paste0(end, "degree")))
      say(paste0(end, "-degree-centralisation"), centralization(m, degree, mode = mode, cmode = paste0(end, "degree")))
    }
  } else {
    say("in-degree-centralisation", centralization(m, degree, mode = mode))
    say("closeness", closeness(m, gmode = mode, cmode = cmode))
    say("closeness-centralisation", centralization(m, closeness, mode = mode, cmode = cmode))
  }
}
close(out)
