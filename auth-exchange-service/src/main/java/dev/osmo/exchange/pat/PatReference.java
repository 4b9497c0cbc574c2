package dev.osmo.exchange.pat;

import dev.osmo.pat.PatId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The access token that a workload names: by its id, or as {@code OWNER/NAME}. */
public sealed interface PatReference {

  Pattern ID = Pattern.compile("pat_[0-9A-Za-z]{22}");
  Pattern OWNER_AND_NAME =
      Pattern.compile(
          "(?<owner>[a-zA-Z0-9][a-zA-Z0-9_.@-]{0,254})/(?<name>[a-zA-Z][a-zA-Z0-9_-]{0,63})");

  record ById(PatId id) implements PatReference {}

  record ByName(String owner, String name) implements PatReference {}

  /** Empty for a text of another shape. */
  static Optional<PatReference> read(String text) {
    if (ID.matcher(text).matches()) {
      return Optional.of(new ById(new PatId(text)));
    }
    Matcher named = OWNER_AND_NAME.matcher(text);
    return named.matches()
        ? Optional.of(new ByName(named.group("owner"), named.group("name")))
        : Optional.empty();
  }
}
