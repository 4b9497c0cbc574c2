package dev.osmo.token.notice;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.http.authority.AuthorityFile;
import dev.osmo.http.start.SecretFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that gets the notices.
 *
 * @param name the operator's name for it, in logs, metrics and the audit trail
 * @param url {@code https}; {@code http} for loopback only
 * @param secrets one, or two while it is replaced; each message is signed with all
 * @param authorities the only ones that may sign the receiver's certificate; empty for those of the
 *     JVM
 */
record Webhook(
    String name, URI url, List<WebhookSecret> secrets, Optional<AuthorityFile> authorities) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

  Webhook {
    secrets = List.copyOf(secrets);
  }

  /** An entry of the file. */
  record Entry(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("secret_file") @Nullable String secretFile,
      @JsonProperty("ca_file") @Nullable String caFile) {

    /** Without the address, see {@link #address}. */
    @Override
    public String toString() {
      return "entry of webhook " + name;
    }
  }

  /**
   * Checks an entry and reads the files that it names.
   *
   * @throws IllegalArgumentException with a message that completes the sentence "The file …"
   * @throws dev.osmo.http.start.StartRefused if the file of the secret or of the authorities cannot
   *     be used
   */
  static Webhook of(Entry entry) {
    String name = entry.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "has a webhook whose name is not a lower-case letter and up to 31 letters, digits and hyphens");
    }
    String secretFile = entry.secretFile();
    if (secretFile == null) {
      throw new IllegalArgumentException("names no secret_file for the webhook " + name);
    }
    Optional<AuthorityFile> authorities =
        Optional.ofNullable(entry.caFile()).map(Path::of).map(AuthorityFile::new);
    authorities.ifPresent(AuthorityFile::certificates);
    return new Webhook(
        name,
        address(name, entry.url()),
        WebhookSecret.readAll(
            new SecretFile("secret file of the webhook " + name, Path.of(secretFile))),
        authorities);
  }

  /** The message does not repeat the address, which may contain a credential of the receiver. */
  private static URI address(String name, @Nullable String text) {
    try {
      URI url = new URI(text == null ? "" : text);
      if (url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null
          && ("https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && LOOPBACK.matcher(url.getHost()).matches()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // The same as another address that cannot be used.
    }
    throw new IllegalArgumentException(
        "has no https address without user and fragment for the webhook "
            + name
            + " (http is for loopback only)");
  }

  /** Without the address, see {@link #address}. */
  @Override
  public String toString() {
    return "webhook " + name;
  }
}
