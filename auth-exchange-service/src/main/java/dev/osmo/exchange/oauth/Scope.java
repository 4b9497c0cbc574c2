package dev.osmo.exchange.oauth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Role names as an OAuth scope (RFC 6749, section 3.3), separated by single spaces. */
public record Scope(Set<String> roles) {

  private static final String ROLE = "[a-zA-Z0-9](?:[a-zA-Z0-9_.:-]{0,62}[a-zA-Z0-9])?";
  private static final Pattern SCOPE = Pattern.compile(ROLE + "(?: " + ROLE + ")*+");

  public Scope {
    roles = Set.copyOf(roles);
  }

  static Optional<Scope> read(String text) {
    return SCOPE.matcher(text).matches()
        ? Optional.of(new Scope(new LinkedHashSet<>(List.of(text.split(" ")))))
        : Optional.empty();
  }

  public static String text(Collection<String> roles) {
    return String.join(" ", roles);
  }
}
