package dev.osmo.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Java runtime with the modules that the services need, and without tools. */
record JavaRuntime(Path folder) {
  /**
   * {@code java.desktop} has {@code java.beans}, which Hibernate and Jackson use; {@code jdk.zipfs}
   * reads the jars; {@code jdk.crypto.ec} signs where the native library does not load.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.compiler",
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.transaction.xa",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.jfr",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported",
          "jdk.zipfs");

  /** The graphical part of {@code java.desktop} needs libraries that are in no image. */
  private static final List<String> UNUSED =
      List.of(
          "awt", "fontmanager", "freetype", "javajpeg", "jsound", "lcms", "mlib", "splashscreen");

  /** Links it from the JDK that runs this program. */
  static JavaRuntime link(Path folder) {
    Programs.deleteRecursively(folder);
    Programs.run(
        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
        "--add-modules",
        String.join(",", MODULES),
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        folder.toString());
    try (var libraries = Files.list(folder.resolve("lib"))) {
      for (Path library : libraries.filter(JavaRuntime::isUnused).toList()) {
        Files.delete(library);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JavaRuntime(folder);
  }

  Path java() {
    return folder.resolve("bin/java");
  }

  private static boolean isUnused(Path library) {
    String name = library.getFileName().toString();
    return name.endsWith(".so") && UNUSED.stream().anyMatch(part -> name.startsWith("lib" + part));
  }
}
