package dev.osmo.http.issuer;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks an entry of a file of issuers. Each check throws an {@link IllegalArgumentException} with
 * a message that completes the sentence "The file …".
 *
 * @param name the name of the entry
 */
record EntryCheck(String name) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int LONGEST = 512;

  /** Public keys only: a key set must never be usable as a shared secret. */
  private static final Set<String> SUPPORTED =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "ES256");

  /** The check of the entry with this name. */
  static EntryCheck named(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches() || name.equals("issuer")) {
      throw new IllegalArgumentException(
          "has an issuer whose name is not a lower-case letter and up to 31 letters, digits and"
              + " hyphens, or is the reserved name issuer");
    }
    return new EntryCheck(name);
  }

  /**
   * Requires different names and {@code iss} claims of all entries.
   *
   * @param ourIssuer the {@code iss} claim of our own JWTs, which no other issuer may have
   */
  static <T extends TokenIssuer> void requireDifferent(
      List<T> issuers, Function<T, String> name, String ourIssuer) {
    Set<String> names = new HashSet<>();
    Set<String> claims = new HashSet<>(Set.of(ourIssuer));
    for (T issuer : issuers) {
      if (!names.add(name.apply(issuer))) {
        throw new IllegalArgumentException("has two issuers with the name " + name.apply(issuer));
      }
      if (!claims.add(issuer.issuer())) {
        throw new IllegalArgumentException(
            "has two entries for the issuer "
                + issuer.issuer()
                + ", or it is the address of this system");
      }
    }
  }

  static boolean isFile(String text) {
    return text.startsWith("/");
  }

  String text(String field, @Nullable String value) {
    require(
        value != null && !value.isBlank() && value.length() <= LONGEST,
        "a field " + field + " that is missing or longer than " + LONGEST + " characters");
    return Objects.requireNonNull(value);
  }

  String issuer(@Nullable String value) {
    String issuer = text("issuer", value);
    require(TrustedIssuer.isIssuer(issuer), "an issuer that is not an https address");
    return issuer;
  }

  Optional<String> keys(@Nullable String value) {
    require(
        value == null || TrustedIssuer.isEndpoint(value) || isFile(value),
        "keys that are neither an https address nor an absolute path");
    return Optional.ofNullable(value);
  }

  Set<String> algorithms(@Nullable List<@Nullable String> names) {
    Set<String> accepted =
        names == null
            ? DEFAULT_ALGORITHMS
            : new TreeSet<>(names.stream().map(String::valueOf).toList());
    require(
        !accepted.isEmpty() && SUPPORTED.containsAll(accepted),
        "a list of algorithms that is empty or has one other than " + new TreeSet<>(SUPPORTED));
    return accepted;
  }

  void require(boolean condition, String flaw) {
    if (!condition) {
      throw new IllegalArgumentException("is not usable for %s: it has %s".formatted(name, flaw));
    }
  }
}
