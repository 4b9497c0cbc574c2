package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    Set<String> algorithms) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int LONGEST = 512;

  /** Public keys only: a key set must never be usable as a shared secret. */
  private static final Set<String> SUPPORTED =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "ES256");
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
      @JsonProperty("algorithms") @Nullable List<String> algorithms) {
    String checkedName = checkedName(name);
    String checkedIssuer = text(checkedName, "issuer", issuer);
    String checkedAudience = text(checkedName, "audience", audience);
    require(isAddress(checkedIssuer), checkedName, "an issuer that is not an https address");
    require(
        keys == null || isAddress(keys) || isFile(keys),
        checkedName,
        "keys that are neither an https address nor an absolute path");
    Set<String> accepted =
        algorithms == null ? DEFAULT_ALGORITHMS : new TreeSet<>(withoutNull(algorithms));
    require(
        !accepted.isEmpty() && SUPPORTED.containsAll(accepted),
        checkedName,
        "a list of algorithms that is empty or has one other than " + new TreeSet<>(SUPPORTED));
    return new TrustedIssuer(
        checkedName,
        checkedIssuer,
        checkedAudience,
        Optional.ofNullable(subjects),
        Optional.ofNullable(keys),
        accepted);
  }

  /** The file of the key set; empty if it has an address. */
  public Optional<Path> keysFile() {
    return keys.filter(TrustedIssuer::isFile).map(Path::of);
  }

  /**
   * Whether a key set or a discovery document may be read from this address: {@code https}, or
   * {@code http} on this machine.
   */
  public static boolean isAddress(String text) {
    try {
      URI address = new URI(text);
      return address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null
          && ("https".equals(address.getScheme())
              || ("http".equals(address.getScheme())
                  && LOOPBACK.matcher(address.getHost()).matches()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isFile(String text) {
    return text.startsWith("/");
  }

  private static String checkedName(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches() || name.equals("issuer")) {
      throw new IllegalArgumentException(
          "has an issuer whose name is not a lower-case letter and up to 31 letters, digits and"
              + " hyphens, or is the reserved name issuer");
    }
    return name;
  }

  private static String text(String issuer, String field, @Nullable String value) {
    require(
        value != null && !value.isBlank() && value.length() <= LONGEST,
        issuer,
        "a field " + field + " that is missing or longer than " + LONGEST + " characters");
    return Objects.requireNonNull(value);
  }

  private static List<String> withoutNull(List<String> names) {
    return names.stream().map(name -> name == null ? "null" : name).toList();
  }

  private static void require(boolean condition, String issuer, String flaw) {
    if (!condition) {
      throw new IllegalArgumentException("is not usable for %s: it has %s".formatted(issuer, flaw));
    }
  }
}
