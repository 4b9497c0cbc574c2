package dev.osmo.exchange.oauth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a form (RFC 6749, section 3.2). Each occurs at most once, a parameter without a
 * value counts as absent, and an unknown one is ignored, as the RFC requires. One that looks like a
 * misspelled {@code scope}, {@code audience} or {@code resource} is not: the JWT would have more
 * than its caller wants. The form contains credentials, so {@code toString} prints none of it.
 *
 * @param repeated the parameters that occur more than once although that is allowed
 */
public record OAuthForm(Map<String, String> parameters, Set<String> repeated) {

  private static final Set<String> NARROWING = Set.of("scope", "audience", "resource");
  private static final Pattern MISSPELLED =
      Pattern.compile("(?:scope|audience|resource|role)s?", Pattern.CASE_INSENSITIVE);

  public OAuthForm {
    parameters = Map.copyOf(parameters);
    repeated = Set.copyOf(repeated);
  }

  /** The form in this body. A body that is not a valid form is refused. */
  public static OAuthForm read(String body) {
    return read(body, Set.of());
  }

  /** Allows these parameters to occur more than once. */
  static OAuthForm read(String body, Set<String> mayRepeat) {
    Map<String, String> parameters = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    try {
      for (String pair : body.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        if (parameters.put(name, value) != null) {
          repeated.add(name);
        }
      }
    } catch (IllegalArgumentException e) {
      throw MalformedForm.because(
          "The body is not a form: a percent sign is not followed by two digits");
    }
    repeated.stream()
        .filter(name -> !mayRepeat.contains(name))
        .findFirst()
        .ifPresent(OAuthForm::refuseRepeated);
    parameters.keySet().stream()
        .filter(OAuthForm::isMisspelled)
        .findFirst()
        .ifPresent(OAuthForm::refuseMisspelled);
    return new OAuthForm(parameters, repeated);
  }

  private static void refuseRepeated(String name) {
    throw MalformedForm.repeated(name);
  }

  private static void refuseMisspelled(String name) {
    throw MalformedForm.violates(
        name, "does not exist. To get less, send scope, and audience or resource");
  }

  /** The value of a parameter that this request must have. */
  public String required(String name) {
    return value(name).orElseThrow(() -> MalformedForm.missing(name));
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  private static boolean isMisspelled(String name) {
    return MISSPELLED.matcher(name).matches() && !NARROWING.contains(name);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "form …";
  }
}
