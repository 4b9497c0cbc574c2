package dev.osmo.cli.renewal;

import dev.osmo.cli.session.Credential;

/** Receives each new JWT, for readers that do not ask for it. */
public interface JwtOutput {
  /** For messages. */
  String name();

  /**
   * Replaces the JWT.
   *
   * @throws dev.osmo.cli.output.Failure if it cannot be written; the old one remains
   */
  void write(Credential credential);

  /**
   * Removes the JWT.
   *
   * @throws dev.osmo.cli.output.Failure if it cannot be deleted
   */
  void delete();
}
