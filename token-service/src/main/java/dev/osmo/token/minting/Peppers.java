package dev.osmo.token.minting;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All peppers that verify, and the one that mints. */
record Peppers(Pepper minting, List<Pepper> all) {

  Peppers {
    all = List.copyOf(all);
  }

  List<Lookup> lookupsOf(PatText text) {
    return all.stream().map(pepper -> pepper.lookupOf(text)).toList();
  }

  /** The ids among these that no pepper here has. */
  Set<String> missing(Collection<String> wanted) {
    Set<String> known = all.stream().map(Pepper::id).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(known);
    return missing;
  }
}
