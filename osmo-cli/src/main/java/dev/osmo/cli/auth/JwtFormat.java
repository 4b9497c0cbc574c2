package dev.osmo.cli.auth;

import dev.osmo.cli.output.Json;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The formats in which other programs accept a credential. */
enum JwtFormat {
  RAW,
  HEADER,
  JSON,
  ENV,
  EXEC_CREDENTIAL,
  DOCKER;

  /**
   * Returns one line.
   *
   * @param kubernetesVersion of an exec credential
   */
  String write(Credential credential, String kubernetesVersion) {
    Jwt jwt = credential.jwt();
    return switch (this) {
      case RAW -> jwt.text();
      case HEADER -> "Authorization: Bearer " + jwt.text();
      // The text contains letters, digits, '-', '_' and '.' only: nothing to quote.
      case ENV -> "export OSMO_JWT=" + jwt.text();
      case JSON ->
          Json.onOneLine(
              Json.object()
                  .put("token", jwt.text())
                  .put("expires_at", jwt.expiresAt().toString())
                  .put("server", credential.server().text()));
      case EXEC_CREDENTIAL -> ExecCredential.of(jwt, kubernetesVersion);
      case DOCKER ->
          Json.onOneLine(
              Json.object()
                  .put("ServerURL", credential.server().text())
                  .put("Username", jwt.claims().path("sub").asText("osmo"))
                  .put("Secret", jwt.text()));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads what {@link #toString} writes. */
  static class Named implements ITypeConverter<JwtFormat> {
    @Override
    public JwtFormat convert(String text) {
      return Arrays.stream(values())
          .filter(format -> format.toString().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      text + " is not one of " + String.join(", ", new Names())));
    }
  }

  /** For help texts and completion. */
  static class Names implements Iterable<String> {
    private final List<String> names = Arrays.stream(values()).map(JwtFormat::toString).toList();

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }
}
