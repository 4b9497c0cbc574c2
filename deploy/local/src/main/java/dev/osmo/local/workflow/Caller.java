package dev.osmo.local.workflow;

import java.util.List;

/** Who a verified JWT speaks for. */
record Caller(String user, List<String> roles) {
  Caller {
    roles = List.copyOf(roles);
  }
}
