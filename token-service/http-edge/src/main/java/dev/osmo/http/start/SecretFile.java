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
import java.util.Optional;

/** A file of keys, read once at startup. Its error messages never contain its content. */
public record SecretFile(String purpose, Path path) {

  private static final int KEY_BYTES = 32;

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
