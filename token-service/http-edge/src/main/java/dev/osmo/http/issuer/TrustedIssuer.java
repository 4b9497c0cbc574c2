package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of OpenID Connect tokens for workloads.
 *
 * @param name the operator's name for it, which users write in {@code --trust NAME:…}
 * @param issuer the exact {@code iss} claim
 * @param audience the exact {@code aud} claim
 * @param subjects how it writes the {@code sub} claim; empty if users write the complete claim
 * @param keys the address or the file of its key set; empty for that of its discovery document
 * @param algorithms the signature algorithms that are accepted
 */
public record TrustedIssuer(
    String name,
    String issuer,
    String audience,
    Optional<SubjectFormat> subjects,
    Optional<String> keys,
    Set<String> algorithms)
    implements TokenIssuer {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  public TrustedIssuer {
    algorithms = Set.copyOf(algorithms);
  }

  /**
   * An entry of the file.
   *
   * @throws IllegalArgumentException with a message that completes the sentence "The file …"
   */
  @JsonCreator
  static TrustedIssuer of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("issuer") @Nullable String issuer,
      @JsonProperty("audience") @Nullable String audience,
      @JsonProperty("subjects") @Nullable SubjectFormat subjects,
      @JsonProperty("keys") @Nullable String keys,
      @JsonProperty("algorithms") @Nullable List<@Nullable String> algorithms) {
    EntryCheck check = EntryCheck.named(name);
    return new TrustedIssuer(
        check.name(),
        check.issuer(issuer),
        check.text("audience", audience),
        Optional.ofNullable(subjects),
        check.keys(keys),
        check.algorithms(algorithms));
  }

  /**
   * Whether this can be an issuer (OpenID Connect Discovery 1.0, section 3): {@code https}, or
   * {@code http} on this machine, without a query.
   */
  static boolean isIssuer(String text) {
    return isEndpoint(text) && text.indexOf('?') < 0;
  }

  /**
   * Whether a request may be sent to this address of an issuer: {@code https}, or {@code http} on
   * this machine. It may have a query (RFC 6749, section 3.1).
   */
  public static boolean isEndpoint(String text) {
    try {
      URI address = new URI(text);
      return address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null
          && ("https".equals(address.getScheme())
              || ("http".equals(address.getScheme())
                  && LOOPBACK.matcher(address.getHost()).matches()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
