package dev.osmo.testkit.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder with files as the kubelet mounts a Secret: each file is a symbolic link into {@code
 * ..data}, which is a symbolic link itself and is replaced at once when the Secret changes.
 */
public record MountedSecret(Path folder) {

  private static final String DATA = "..data";

  /** Creates or replaces its one file. */
  public void put(String name, String content) {
    try {
      Path version = Files.createTempDirectory(folder, "..2026_");
      Files.writeString(version.resolve(name), content);
      Path next = folder.resolve("..data_tmp");
      Files.createSymbolicLink(next, version.getFileName());
      Files.move(next, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
      Path link = folder.resolve(name);
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of(DATA, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
