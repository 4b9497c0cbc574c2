package dev.osmo.exchange.pat.secret;

import dev.osmo.exchange.settings.SecretFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The peppers of the file, in its order: lines {@code [*] id base64(32 bytes)}, exactly one marked.
 * The mark says which one mints; here each of them verifies.
 */
public record Peppers(List<Pepper> all) {

  private static final String MARK = "* ";
  private static final Pattern LINE = Pattern.compile("(\\* +)?(?<id>[^\\s*]+)\\s+(?<key>\\S+)");

  public Peppers {
    all = List.copyOf(all);
  }

  /** Reads the file, or ends the start with the reason. */
  static Peppers read(Path path) {
    SecretFile file = new SecretFile("pepper file", path);
    List<String> lines = file.lines();
    if (lines.stream().filter(line -> line.startsWith(MARK)).count() != 1) {
      throw file.cannotStart("must mark exactly one line with '* '");
    }
    List<Pepper> all = lines.stream().map(line -> pepper(file, line)).toList();
    Set<String> ids = new HashSet<>();
    if (!all.stream().allMatch(pepper -> ids.add(pepper.id()))) {
      throw file.cannotStart("names one id twice");
    }
    return new Peppers(all);
  }

  private static Pepper pepper(SecretFile file, String line) {
    Matcher fields = LINE.matcher(line);
    if (!fields.matches()) {
      throw file.cannotStart("has a line that is not '[*] id base64'");
    }
    return SecretFile.key(fields.group("key"))
        .map(key -> Pepper.of(fields.group("id"), key))
        .orElseThrow(() -> file.cannotStart("has a pepper that is not base64 of 32 bytes"));
  }

  public List<Lookup> lookupsOf(PresentedPat pat) {
    return all.stream().map(pepper -> pepper.lookupOf(pat)).toList();
  }

  Set<String> ids() {
    return all.stream().map(Pepper::id).collect(Collectors.toUnmodifiableSet());
  }
}
