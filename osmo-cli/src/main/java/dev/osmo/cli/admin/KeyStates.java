package dev.osmo.cli.admin;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Pages;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of the signing keys, from the audit log, because the public key set does not contain
 * them. Only administrators can read it.
 */
@Singleton
class KeyStates {
  /** A key never returns to an earlier state. */
  private static final List<String> LIFE = List.of("pending", "active", "retiring");

  private final Pages pages;

  KeyStates(Pages pages) {
    this.pages = pages;
  }

  /** By key id; empty if the user is not an administrator. */
  Map<String, String> known() {
    Map<String, String> states = new HashMap<>();
    try {
      for (String state : LIFE) {
        pages
            .first(
                Pages.LARGEST,
                OsmoApi.auditEvents()
                    .with("action", "signing-key." + state)
                    .with("limit", Integer.toString(Pages.LARGEST)))
            .forEach(event -> states.put(event.path("details").path("kid").asText(), state));
      }
      return states;
    } catch (Failure notAllowed) {
      return Map.of();
    }
  }
}
