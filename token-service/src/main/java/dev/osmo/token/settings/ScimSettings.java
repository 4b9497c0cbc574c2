package dev.osmo.token.settings;

import java.nio.file.Path;
import java.util.Optional;

/** Settings of the SCIM client, a directory that disables the users who leave. */
public interface ScimSettings {

  /**
   * The file with the SHA-256 of the client's token in hexadecimal digits, one or two lines.
   * Without it, {@code /scim/v2} does not exist.
   */
  Optional<Path> credentialFile();

  /**
   * The name of the identity provider whose subjects are the {@code externalId} of the directory;
   * required with the file.
   */
  Optional<String> provider();
}
