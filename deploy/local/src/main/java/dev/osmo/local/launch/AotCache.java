package dev.osmo.local.launch;

import dev.osmo.local.process.ChildSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The ahead-of-time cache of a service (JEP 483, JEP 514), beside the folder of its jar. It
 * contains the loaded and linked classes of an earlier run, the training. A JVM ignores the cache
 * of another version of Java or of another build.
 */
record AotCache(Path file) {
  private static final int FIRST_JAVA = 25;
  private static final String OUTPUT = "-XX:AOTCacheOutput=";

  static AotCache of(Path jar) {
    return new AotCache(jar.resolve("../..").normalize().resolve("service.aot"));
  }

  static boolean isSupported() {
    return Runtime.version().feature() >= FIRST_JAVA;
  }

  /** The options of a JVM that uses the cache. It reports nothing about a cache that it ignores. */
  List<String> options() {
    return isSupported() && Files.exists(file)
        ? List.of("-XX:AOTCache=" + file, "-Xlog:disable", "-Xlog:all=error:stderr")
        : List.of();
  }

  static AotCache of(ChildSpec service) {
    return of(Path.of(service.command().get(service.command().indexOf("-jar") + 1)));
  }

  /** The same service, which writes a new cache when it exits. {@link #replace} puts it in use. */
  ChildSpec training(ChildSpec service) {
    List<String> command = new ArrayList<>(service.command());
    command.removeAll(options());
    command.add(1, OUTPUT + written());
    return new ChildSpec(
        "the training of " + service.name(), command, service.environment(), service.log());
  }

  /**
   * Replaces the cache by the one that the training has written, in one step: another stack of this
   * checkout may start the service at any time. Without a new one, the former stays.
   */
  void replace() {
    try {
      if (Files.exists(written())) {
        Files.move(written(), file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path written() {
    return file.resolveSibling(file.getFileName() + ".new");
  }
}
