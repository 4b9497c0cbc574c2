package dev.osmo.testkit.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A folder with files as the kubelet mounts a Secret: each file is a symbolic link into {@code
 * ..data}, which is a symbolic link itself and is replaced at once when the Secret changes.
 */
public record MountedSecret(Path folder) {

  private static final String DATA = "..data";

  /** Creates or replaces its one file. */
  public void put(String name, String content) {
    put(Map.of(name, content));
  }

  /** Creates or replaces its files, all at once. */
  public void put(Map<String, String> files) {
    try {
      Path version = Files.createTempDirectory(folder, "..2026_");
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(version.resolve(file.getKey()), file.getValue());
      }
      Path next = folder.resolve("..data_tmp");
      Files.createSymbolicLink(next, version.getFileName());
      Files.move(next, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
      for (String name : files.keySet()) {
        Path link = folder.resolve(name);
        if (!Files.isSymbolicLink(link)) {
          Files.createSymbolicLink(link, Path.of(DATA, name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
