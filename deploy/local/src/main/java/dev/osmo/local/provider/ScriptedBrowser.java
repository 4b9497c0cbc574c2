package dev.osmo.local.provider;

import dev.osmo.devprovider.browser.FormBrowser;
import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A program for the variable {@code BROWSER}: on the page of the provider, it chooses one user.
 *
 * @param file the script
 */
public record ScriptedBrowser(Path file) {

  /** Writes the script. */
  public static ScriptedBrowser write(Path file, String user) throws IOException {
    Files.writeString(
        file,
        """
        #!/bin/sh
        exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp %s %s %s "$1"
        """
            .formatted(
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                quoted(classPath()),
                FormBrowser.class.getName(),
                quoted(user)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new ScriptedBrowser(file);
  }

  /** The jar of the launcher has it beside itself. */
  private static String classPath() {
    try {
      return Path.of(FormBrowser.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new CannotStart("The browser has no location.", e);
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
