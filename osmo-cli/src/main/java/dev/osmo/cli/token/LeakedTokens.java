package dev.osmo.cli.token;

import dev.osmo.cli.scan.TokenFinder;
import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import dev.osmo.pat.TokenText;
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
 * The tokens in a text: written out, or as locations in the report of a scan. Contains each token
 * once.
 */
final class LeakedTokens {
  private final TokenFinder finder = new TokenFinder();
  private final Set<TokenText> tokens = new TreeSet<>(Comparator.comparing(TokenText::text));
  private final Map<String, Set<ScanLine>> locations = new HashMap<>();
  private int unread;
  private boolean blank = true;

  static LeakedTokens in(InputStream text) throws IOException {
    LeakedTokens leaked = new LeakedTokens();
    InputStream tapped = new LineTap(new BufferedInputStream(text), leaked::readLine);
    leaked.finder.find(tapped, (line, column, token) -> leaked.tokens.add(token));
    leaked.locations.forEach(leaked::readFile);
    return leaked;
  }

  private void readLine(String line) {
    blank = blank && line.isBlank();
    ScanLine.of(line).ifPresent(this::add);
  }

  private void add(ScanLine location) {
    locations.computeIfAbsent(location.file(), file -> new HashSet<>()).add(location);
  }

  /**
   * The report of a scan contains no tokens, so the file is read again at the reported locations.
   */
  private void readFile(String file, Collection<ScanLine> requested) {
    Set<ScanLine> missing = new HashSet<>(requested);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      finder.find(
          in,
          (line, column, token) -> {
            if (missing.remove(new ScanLine(file, line, column))) {
              tokens.add(token);
            }
          });
    } catch (IOException | InvalidPathException unreadable) {
      // The missing locations count as unread.
    }
    unread += missing.size();
  }

  List<PatText> accessTokens() {
    return all(PatText.class);
  }

  List<RefreshTokenText> refreshTokens() {
    return all(RefreshTokenText.class);
  }

  private <T extends TokenText> List<T> all(Class<T> kind) {
    return tokens.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  boolean hasTokens() {
    return !tokens.isEmpty();
  }

  /** Whether there is text, but neither a token nor a location of one. */
  boolean hasOnlyOtherText() {
    return !blank && tokens.isEmpty() && locations.isEmpty();
  }

  /** The reported locations that no longer contain a readable token. */
  int unread() {
    return unread;
  }
}
