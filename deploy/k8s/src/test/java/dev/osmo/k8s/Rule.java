package dev.osmo.k8s;

import java.util.List;

/** What must hold for a rendering. */
@FunctionalInterface
interface Rule {
  /** A sentence for each violation. */
  List<String> faults(Rendering rendering);
}
