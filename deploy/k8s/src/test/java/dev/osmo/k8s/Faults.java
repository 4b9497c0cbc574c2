package dev.osmo.k8s;

import java.util.ArrayList;
import java.util.List;

/** Collects what a rule finds. */
final class Faults {
  private final List<String> found = new ArrayList<>();

  void unless(boolean holds, Object where, String what) {
    if (!holds) {
      found.add(where + ": " + what);
    }
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
