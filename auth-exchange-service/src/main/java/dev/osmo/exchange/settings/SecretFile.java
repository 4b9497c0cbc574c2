package dev.osmo.exchange.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A file of keys, read once at start. Says why it cannot be read, never what is in it. */
public record SecretFile(String purpose, Path path) {

  private static final int KEY_BYTES = 32;

  /** The file's lines without blank ones and comments. */
  public List<String> lines() {
    try {
      return Files.readAllLines(path).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (NoSuchFileException e) {
      throw cannotStart("does not exist");
    } catch (AccessDeniedException e) {
      throw cannotStart("may not be read by this user");
    } catch (MalformedInputException e) {
      throw cannotStart("is not a text file");
    } catch (IOException e) {
      throw cannotStart("cannot be read");
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

  public CannotStart cannotStart(String why) {
    return CannotStart.because("the %s %s %s.".formatted(purpose, path, why));
  }
}
