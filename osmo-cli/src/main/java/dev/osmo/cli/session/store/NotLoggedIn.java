package dev.osmo.cli.session.store;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;

/** The ways of having no login to work with, each with what helps. */
public final class NotLoggedIn {
  private NotLoggedIn() {}

  public static Failure atAll() {
    return failure(
        "You are not logged in",
        "Log in first: osmo login <url> --method=token --token-file=<file>");
  }

  public static Failure as(ContextName name) {
    return failure(
        "There is no login with the name " + name,
        "See: osmo context list. To make it: osmo login <url> --method=token --token-file=<file>"
            + " --context="
            + name);
  }

  public static Failure withoutChoice() {
    return failure("No login is chosen", "Choose one: osmo context use <name>");
  }

  public static Failure to(ServerUrl wanted, ContextName name) {
    return failure(
        "OSMO_URL is " + wanted + ", but " + name + " is a login to another server",
        "Set OSMO_TOKEN or OSMO_TOKEN_FILE too, choose another --context, or unset OSMO_URL.");
  }

  private static Failure failure(String what, String next) {
    return Failure.of(ExitCode.NOT_AUTHENTICATED, what, next);
  }
}
