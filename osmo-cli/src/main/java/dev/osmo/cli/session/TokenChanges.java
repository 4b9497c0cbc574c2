package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Arrays;

/**
 * Tells when the file that {@code OSMO_TOKEN_FILE} or {@code OSMO_WORKLOAD_TOKEN_FILE} names has
 * other content. Kubernetes replaces a whole folder, so the file's own time and identity tell
 * nothing.
 */
@Singleton
public class TokenChanges {
  private static final byte[] UNREADABLE = {};

  private final Environment environment;
  private byte[] last;

  TokenChanges(Environment environment) {
    this.environment = environment;
    this.last = content();
  }

  public boolean sinceLastAsked() {
    byte[] now = content();
    boolean changed = !Arrays.equals(last, now);
    last = now;
    return changed;
  }

  private byte[] content() {
    return environment
        .variable("OSMO_TOKEN_FILE")
        .or(() -> environment.variable(WorkloadTokens.FILE))
        .map(this::content)
        .orElse(UNREADABLE);
  }

  private byte[] content(String name) {
    try {
      return Files.readAllBytes(environment.path(name));
    } catch (IOException | InvalidPathException unreadable) {
      return UNREADABLE;
    }
  }
}
