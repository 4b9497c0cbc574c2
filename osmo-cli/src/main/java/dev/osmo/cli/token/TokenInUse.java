package dev.osmo.cli.token;

import dev.osmo.cli.environment.Surroundings;
import dev.osmo.cli.session.Credential;

/** The access token of the context in use. */
record TokenInUse(String name, Credential credential) {

  /** Where the token is stored, for users. */
  String source() {
    return credential.source();
  }

  /**
   * What to do now that it does not work.
   *
   * @param done what happened to it
   */
  String warning(String done) {
    String next =
        Surroundings.CREDENTIALS.contains(source())
            ? "Replace it."
            : "Log in again: osmo login " + credential.server();
    return source() + " still has the " + done + " token. " + next;
  }
}
