package dev.osmo.token.bootstrap;

import dev.osmo.http.start.StartRefused;
import dev.osmo.pat.PatText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the first administrator's token. Messages name the file, never its content. */
final class TokenFile {

  private TokenFile() {}

  static PatText read(Path file) {
    try {
      return PatText.parse(Files.readString(file).strip())
          .orElseThrow(
              () ->
                  new StartRefused(
                      "The bootstrap token file "
                          + file
                          + " does not contain a well-formed token."));
    } catch (IOException e) {
      throw new StartRefused("The bootstrap token file " + file + " cannot be read.");
    }
  }
}
