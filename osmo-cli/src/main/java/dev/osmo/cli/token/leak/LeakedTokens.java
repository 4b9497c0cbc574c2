package dev.osmo.cli.token.leak;

import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.tokentext.TokenFinder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tokens that a text holds, whole or, in the report of a scan, by the places where they lie.
 * Each is there once.
 */
final class LeakedTokens {
  private final TokenFinder finder = new TokenFinder();
  private final Set<Pat> tokens = new TreeSet<>(Comparator.comparing(Pat::text));
  private final Map<String, Set<ScanLine>> places = new HashMap<>();
  private int unread;
  private boolean blank = true;

  static LeakedTokens in(InputStream text) throws IOException {
    LeakedTokens leaked = new LeakedTokens();
    InputStream tapped = new LineTap(new BufferedInputStream(text), leaked::saw);
    leaked.finder.find(tapped, (line, column, token) -> leaked.tokens.add(token));
    leaked.places.forEach(leaked::look);
    return leaked;
  }

  private void saw(String line) {
    blank = blank && line.isBlank();
    ScanLine.of(line).ifPresent(this::add);
  }

  private void add(ScanLine place) {
    places.computeIfAbsent(place.file(), file -> new HashSet<>()).add(place);
  }

  /** The scan printed no token, so the file is read again, at the places it named. */
  private void look(String file, Collection<ScanLine> wanted) {
    Set<ScanLine> missing = new HashSet<>(wanted);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      finder.find(
          in,
          (line, column, token) -> {
            if (missing.remove(new ScanLine(file, line, column))) {
              tokens.add(token);
            }
          });
    } catch (IOException | InvalidPathException unreadable) {
      // All that is missing still counts as unread.
    }
    unread += missing.size();
  }

  List<Pat> tokens() {
    return List.copyOf(tokens);
  }

  /** Whether the text says something, but names neither a token nor a place of one. */
  boolean isSomethingElse() {
    return !blank && tokens.isEmpty() && places.isEmpty();
  }

  /** Places of a scan's report where no token could be read any more. */
  int unread() {
    return unread;
  }
}
