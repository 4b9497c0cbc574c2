package dev.osmo.client;

import dev.osmo.client.wire.SubjectToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What is exchanged for JWTs. It is read for each exchange, so a file may be replaced. */
@FunctionalInterface
public interface Credential {

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read or is empty
   */
  SubjectToken read() throws IOException;

  /**
   * A personal access token.
   *
   * @throws IllegalArgumentException if the text is not printable ASCII or is empty
   */
  static Credential ofToken(String text) {
    SubjectToken token = SubjectToken.accessToken(requireText(text));
    return new Credential() {
      @Override
      public SubjectToken read() {
        return token;
      }

      @Override
      public String toString() {
        return "Credential[***]";
      }
    };
  }

  /** A file with a personal access token, for example a mounted Secret. */
  static Credential ofTokenFile(Path file) {
    Objects.requireNonNull(file);
    return () -> SubjectToken.accessToken(text(file));
  }

  /**
   * A file with the OpenID Connect token of a workload, for example the projected token of a
   * Kubernetes service account.
   *
   * @param pat the access token that trusts the workload: its id, or {@code OWNER/NAME}
   */
  static Credential ofWorkloadTokenFile(Path file, String pat) {
    Objects.requireNonNull(file);
    String named = requireText(pat);
    return () -> SubjectToken.workload(text(file), named);
  }

  private static String text(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8).strip();
    try {
      return requireText(text);
    } catch (IllegalArgumentException unusable) {
      throw new IOException(file + " does not contain a token: " + unusable.getMessage());
    }
  }

  /** The message does not contain the text. */
  private static String requireText(String text) {
    if (text.isEmpty() || !text.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
      throw new IllegalArgumentException("expected printable ASCII without spaces");
    }
    return text;
  }
}
