package dev.osmo.token.minting;

import dev.osmo.pat.Peppers;
import dev.osmo.token.settings.StartRefused;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the pepper file, or refuses the start. */
final class PepperFile {

  private PepperFile() {}

  static Peppers read(Path file) {
    try {
      return Peppers.parse(Files.readAllLines(file));
    } catch (IllegalArgumentException malformed) {
      throw new StartRefused("The pepper file " + file + " " + malformed.getMessage() + ".");
    } catch (MalformedInputException e) {
      throw new StartRefused("The pepper file " + file + " is not text.");
    } catch (IOException e) {
      throw new StartRefused("The pepper file " + file + " cannot be read.");
    }
  }
}
