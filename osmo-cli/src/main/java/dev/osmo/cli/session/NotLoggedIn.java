package dev.osmo.cli.session;

import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;

/** Failures to find a context, each with the next step. */
final class NotLoggedIn {
  private NotLoggedIn() {}

  static Failure atAll() {
    return failure("You are not logged in", "Log in first: osmo login <url>");
  }

  /** OSMO_URL is set, but no token. */
  static Failure withoutToken(ServerUrl url) {
    return failure(
        "You are not logged in",
        "OSMO_URL is set: also set OSMO_TOKEN or OSMO_TOKEN_FILE, or log in: osmo login " + url);
  }

  static Failure as(ContextName name) {
    return failure(
        "There is no context named " + name,
        "See: osmo context list. To create it: osmo login <url> --context=" + name);
  }

  static Failure withoutSelection() {
    return failure("No context is selected", "Select one: osmo context use <name>");
  }

  static Failure to(ServerUrl requested, ContextName name) {
    return failure(
        "OSMO_URL is " + requested + ", but context " + name + " is for another server",
        "Also set OSMO_TOKEN or OSMO_TOKEN_FILE, select another --context, or unset OSMO_URL.");
  }

  /**
   * The server no longer renews the session.
   *
   * @param why the server's explanation; may be empty
   */
  static Failure ended(ServerUrl url, String why) {
    return stillEnded(url, "Your sign-in has ended" + (why.isBlank() ? "" : " (" + why + ")"));
  }

  /**
   * The server refused to renew the session, which may succeed later.
   *
   * @param why the server's explanation; may be empty
   */
  static Failure notRenewed(ServerUrl url, String why) {
    return failure(
        "Your sign-in cannot be renewed" + (why.isBlank() ? "" : " (" + why + ")"),
        "If this continues, sign in again: osmo login " + url);
  }

  /**
   * As before, without another request.
   *
   * @param what of the failure before
   */
  static Failure stillEnded(ServerUrl url, String what) {
    return failure(what, "Sign in again: osmo login " + url);
  }

  private static Failure failure(String what, String next) {
    return Failure.of(ExitCode.NOT_AUTHENTICATED, what, next);
  }
}
