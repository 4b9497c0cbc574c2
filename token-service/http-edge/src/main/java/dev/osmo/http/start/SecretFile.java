package dev.osmo.http.start;

import dev.osmo.pat.Peppers;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file of keys, read once at startup. Its error messages never contain its content. */
public record SecretFile(String purpose, Path path) {

  private static final int KEY_BYTES = 32;

  private static final String OTHER = "has another pepper than this database under the id ";
  private static final String USE =
      ". Use the pepper file that belongs to the database. Give a new pepper an id that none had";

  public static SecretFile ofPeppers(Path path) {
    return new SecretFile("pepper file", path);
  }

  /** The file's lines without blank ones and comments. */
  public List<String> lines() {
    return allLines().stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** The peppers in this file. */
  public Peppers peppers() {
    try {
      return Peppers.parse(allLines());
    } catch (IllegalArgumentException malformed) {
      throw refused(String.valueOf(malformed.getMessage()));
    }
  }

  /**
   * The refusal of a file that has another pepper under an id than the database: every token would
   * be unknown, and new ones would be made with the wrong pepper.
   *
   * @param recorded the check values in the database, by the id of their pepper
   */
  public Optional<StartRefused> otherPeppers(Peppers peppers, Map<String, String> recorded) {
    Set<String> ids = peppers.differing(recorded);
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(refused(OTHER + String.join(", ", ids) + USE));
  }

  /** Exactly 32 bytes, or nothing. */
  public static Optional<byte[]> key(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64))
          .filter(bytes -> bytes.length == KEY_BYTES);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The exception to throw when the file is not usable.
   *
   * @param why completes the sentence "The pepper file FILE …", without the full stop
   */
  public StartRefused refused(String why) {
    return new StartRefused("The %s %s %s.".formatted(purpose, path, why));
  }

  private List<String> allLines() {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      throw refused("does not exist");
    } catch (AccessDeniedException e) {
      throw refused("may not be read by this user");
    } catch (MalformedInputException e) {
      throw refused("is not a text file");
    } catch (IOException e) {
      throw refused("cannot be read");
    }
  }
}
