package dev.osmo.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the services once, with the files and the options of their images, until each has done its
 * work. While it exits, a JVM writes the classes that it loaded and what it learned about them to
 * the ahead-of-time cache (JEP 514, JEP 515). The folders of the runtime and of the jars may be
 * others than in the image, their order and the times of the jars may not.
 */
record Training(Path checkout, JavaRuntime runtime, List<Service> services) {
  private static final int FIRST_JAVA = 25;

  static boolean isSupported() {
    return Runtime.version().feature() >= FIRST_JAVA;
  }

  /** Writes {@code NAME.aot} of each service into the folder. */
  void write(Path folder) {
    Programs.deleteRecursively(folder);
    Path data = temporary();
    try (Installation installation = Installation.prepare(data, checkout)) {
      Files.createDirectories(folder);
      installation.migrate(
          command(runtime, service(Installation.TOKEN_SERVICE), List.of(), "migrate"));
      installation.run(
          name ->
              command(
                  runtime,
                  service(name),
                  List.of("-XX:AOTCacheOutput=" + folder.resolve(name + ".aot"))),
          unused -> {});
      for (Service service : services) {
        if (!Files.exists(folder.resolve(service.name() + ".aot"))) {
          throw new IllegalStateException("the training of " + service.name() + " left no cache");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Programs.deleteRecursively(data);
    }
  }

  /** A JVM that cannot use its cache in this mode does not start. */
  static void requireUsable(Path cache, JavaRuntime runtime, Service service) {
    List<String> options = List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    Programs.run(command(runtime, service, options, "--help").toArray(String[]::new));
  }

  private Service service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> command(
      JavaRuntime runtime, Service service, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(List.of(runtime.java().toString()));
    command.addAll(Image.JAVA_OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-jar", service.jar().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("training");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
