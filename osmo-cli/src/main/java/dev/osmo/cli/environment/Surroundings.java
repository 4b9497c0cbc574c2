package dev.osmo.cli.environment;

import java.util.List;

/** The environment variables and files that osmo reads, for its help and manual page. */
public final class Surroundings {
  /** A variable or file, and what it is for. */
  public record Entry(String name, String purpose) {}

  public static final List<Entry> VARIABLES =
      List.of(
          new Entry("OSMO_URL", "Address of the server."),
          new Entry("OSMO_TOKEN", "An access token."),
          new Entry("OSMO_TOKEN_FILE", "A file that contains an access token."),
          new Entry("OSMO_WORKLOAD_PAT", "The access token that trusts this workload."),
          new Entry("OSMO_WORKLOAD_TOKEN", "The workload's OpenID Connect token."),
          new Entry("OSMO_WORKLOAD_TOKEN_FILE", "A file that contains it."),
          new Entry(
              "OSMO_WORKLOAD_AUDIENCE", "Its audience in GitHub Actions (default: OSMO_URL)."),
          new Entry(
              "OSMO_SERVICE_ACCOUNT_DIR",
              "Folder of the pod's service account, for --self-rotate."),
          new Entry("OSMO_CONTEXT", "Name of a context."),
          new Entry("OSMO_STRICT", "Refuse token files that other users can read."),
          new Entry("OSMO_ALLOW_HTTP", "1 or true: allow sending a token unencrypted."),
          new Entry("OSMO_CREDENTIAL_HELPER", "The credential helper for new logins."),
          new Entry("OSMO_TIMEOUT", "Seconds for a complete response (default: 60)."),
          new Entry("OSMO_CA_FILE", "PEM certificates to trust instead of the system's."),
          new Entry("SSL_CERT_FILE", "The system's PEM certificates."),
          new Entry("OSMO_CONFIG_FILE_DIR", "Directory of the saved contexts."),
          new Entry("HTTPS_PROXY", "Proxy; also HTTP_PROXY, ALL_PROXY and NO_PROXY."),
          new Entry("BROWSER", "The program that opens the page of osmo login."),
          new Entry("NO_COLOR", "Print help without colours."));

  /** The variables with a credential, or that name one: they are not passed to other programs. */
  public static final List<String> CREDENTIALS =
      List.of(
          "OSMO_TOKEN",
          "OSMO_TOKEN_FILE",
          "OSMO_WORKLOAD_PAT",
          "OSMO_WORKLOAD_TOKEN",
          "OSMO_WORKLOAD_TOKEN_FILE");

  public static final List<Entry> FILES =
      List.of(
          new Entry(
              "~/.config/osmo/credentials.json",
              "The saved contexts; in OSMO_CONFIG_FILE_DIR or XDG_CONFIG_HOME/osmo if set."),
          new Entry(
              "~/.config/osmo/credentials.damaged.json",
              "A copy of a damaged file that a login replaced."));

  private Surroundings() {}
}
