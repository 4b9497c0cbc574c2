package dev.osmo.local.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own, root's processes look like an
 * ordinary user's to themselves, and still own root's files.
 */
final class AsOrdinaryUser {
  private static final boolean ROOT = new UnixSystem().getUid() == 0;

  private AsOrdinaryUser() {}

  static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.add("unshare");
      command.add("-U");
    }
    command.addAll(List.of(words));
    return command;
  }

  /** A hint for an error message: why the programs may not run at all. */
  static String hint() {
    return ROOT
        ? " PostgreSQL refuses to run as root; if this machine forbids user namespaces, start osmo as an ordinary user."
        : "";
  }
}
