package dev.osmo.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * A service that this build has made.
 *
 * @param app a copy of its files with the time that they have in the image: the cache of a training
 *     names the time and the size of each jar
 */
record Service(String name, Path module, Path app) {
  private static final FileTime TIME = FileTime.from(FileEntriesLayer.DEFAULT_MODIFICATION_TIME);

  static Service staged(String name, Path module, Path folder) {
    Path app = folder.resolve(name);
    Programs.deleteRecursively(app);
    Path built = module.resolve("target/quarkus-app");
    try (Stream<Path> files = Files.walk(built)) {
      Files.createDirectories(folder);
      for (Path file : files.toList()) {
        Path copy = app.resolve(built.relativize(file).toString());
        Files.copy(file, copy);
        if (Files.isRegularFile(copy)) {
          Files.setLastModifiedTime(copy, TIME);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Service(name, module, app);
  }

  Path jar() {
    return app.resolve("quarkus-run.jar");
  }
}
