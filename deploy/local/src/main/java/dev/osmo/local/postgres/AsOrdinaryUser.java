package dev.osmo.local.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a new user namespace, processes of root do not appear to be
 * root, but still own the files of root.
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

  /** A sentence for error messages that explains why the programs may fail as root. */
  static String hint() {
    return ROOT
        ? " PostgreSQL refuses to run as root. If this machine forbids user namespaces, run the launcher as an ordinary user."
        : "";
  }
}
