package dev.osmo.pat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The peppers of a pepper file, in its order.
 *
 * <p>The file contains one pepper per line, {@code [*] id base64(32 bytes)} with single spaces.
 * Exactly one line is marked with {@code *}: new secrets use that pepper, and every pepper
 * verifies. Blank lines and lines that start with {@code #} are ignored.
 *
 * @param minting the marked pepper
 * @param all every pepper, the marked one included
 */
public record Peppers(Pepper minting, List<Pepper> all) {

  private static final Pattern LINE =
      Pattern.compile("(?<mark>\\* )?(?<id>[A-Za-z0-9._-]{1,32}) (?<key>[A-Za-z0-9+/]{43}=)");

  public Peppers {
    all = List.copyOf(all);
  }

  /**
   * Reads the lines of a pepper file.
   *
   * @throws IllegalArgumentException if the file is malformed. The message completes the sentence
   *     "The pepper file FILE …", names the line and never repeats a key.
   */
  public static Peppers parse(List<String> lines) {
    Map<String, Pepper> all = new LinkedHashMap<>();
    List<Pepper> marked = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Matcher fields = LINE.matcher(line);
        require(
            fields.matches(), "is malformed at line %d: expected '[*] id base64-of-32-bytes'", i);
        String id = fields.group("id");
        Pepper pepper = Pepper.of(id, Base64.getDecoder().decode(fields.group("key")));
        require(all.put(id, pepper) == null, "repeats the id '" + id + "' at line %d", i);
        if (fields.group("mark") != null) {
          marked.add(pepper);
        }
      }
    }
    if (marked.size() != 1) {
      throw new IllegalArgumentException(
          "marks %d lines with '* ': mark exactly one, the pepper of new secrets"
              .formatted(marked.size()));
    }
    return new Peppers(marked.getFirst(), List.copyOf(all.values()));
  }

  private static void require(boolean condition, String message, int index) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(index + 1));
    }
  }

  /** The lookups under which the token may be stored: one for each pepper, in the file's order. */
  public List<Lookup> lookupsOf(PatText token) {
    return all.stream().map(pepper -> pepper.lookupOf(token)).toList();
  }

  /**
   * The ids under which the database knows another pepper, sorted. A pepper that it does not know
   * yet is none of them.
   *
   * @param recorded check values by the id of their pepper
   */
  public SortedSet<String> differing(Map<String, String> recorded) {
    return all.stream()
        .filter(pepper -> recorded.containsKey(pepper.id()))
        .filter(pepper -> !pepper.hasCheckValue(recorded.getOrDefault(pepper.id(), "")))
        .map(Pepper::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those that the database does not know yet, in the order of their ids. */
  public List<Pepper> unrecorded(Set<String> recorded) {
    return all.stream()
        .filter(pepper -> !recorded.contains(pepper.id()))
        .sorted(Comparator.comparing(Pepper::id))
        .toList();
  }

  /** Those of the given ids that the file lacks, sorted. */
  public Set<String> missing(Collection<String> ids) {
    Set<String> missing = new TreeSet<>(ids);
    all.forEach(pepper -> missing.remove(pepper.id()));
    return missing;
  }
}
