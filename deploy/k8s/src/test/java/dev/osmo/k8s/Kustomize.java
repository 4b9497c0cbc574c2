package dev.osmo.k8s;

import dev.osmo.testkit.contracts.Repository;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program, and a copy of the manifests that has secrets. */
final class Kustomize {
  static final String SKIPPED =
      "SKIPPED: kustomize is not installed, so the manifests of deploy/k8s are not rendered";

  /** The first part of the name of {@link #baseWith}. */
  static final String BASE_WITH = "base with ";

  private static final Path SOURCE = Repository.path("deploy/k8s");
  private static final List<String> FOLDERS = List.of("base", "components", "overlays", "examples");
  private static final Map<String, Rendering> RENDERED = new ConcurrentHashMap<>();

  private Kustomize() {}

  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, "kustomize"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Renders a folder below {@code deploy/k8s}, once. */
  static Rendering render(String folder) {
    return RENDERED
        .computeIfAbsent(
            folder, name -> Rendering.parse(name, run("kustomize", "build", path(name))))
        .copy();
  }

  /**
   * Renders the base with one component, or with several: {@code last+first+second}. The first name
   * is applied after the others, whose objects it may change.
   */
  static Rendering baseWith(String component) {
    return RENDERED
        .computeIfAbsent(
            BASE_WITH + component,
            name -> {
              Path folder = copy().resolve("with-" + component);
              write(
                  folder.resolve("kustomization.yaml"),
                  """
                  apiVersion: kustomize.config.k8s.io/v1beta1
                  kind: Kustomization
                  namespace: osmo
                  resources:
                    - ../base
                  components: [%s]
                  """
                      .formatted(folders(component)));
              return Rendering.parse(name, run("kustomize", "build", folder.toString()));
            })
        .copy();
  }

  /** A component of a test, for {@link #baseWith}. */
  static void writeComponent(String name, String kustomization) {
    write(copy().resolve("components").resolve(name).resolve("kustomization.yaml"), kustomization);
  }

  private static String folders(String components) {
    List<String> names = new ArrayList<>(List.of(components.split("\\+", -1)));
    names.add(names.removeFirst());
    return names.stream().map("../components/"::concat).collect(Collectors.joining(", "));
  }

  static List<String> foldersBelow(String folder) {
    try (Stream<Path> found = Files.list(SOURCE.resolve(folder))) {
      return found
          .filter(Files::isDirectory)
          .map(path -> folder + "/" + path.getFileName())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Standard output of a program that succeeds. */
  static String run(String... command) {
    try {
      Path errors = Files.createTempFile("kustomize", ".err");
      Path output = Files.createTempFile("kustomize", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (Patience.exitOf(process) != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + Files.readString(errors));
      }
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(String folder) {
    return copy().resolve(folder).toString();
  }

  private static Path copy() {
    return Copy.FOLDER;
  }

  /** Made once. The overlay for tests reads its secrets from files that are in no commit. */
  private static final class Copy {
    static final Path FOLDER = make();

    private static Path make() {
      Path folder = Path.of("target", "manifests").toAbsolutePath();
      run("rm", "-rf", folder.toString());
      run("mkdir", "-p", folder.toString());
      FOLDERS.forEach(name -> run("cp", "-a", SOURCE.resolve(name).toString(), folder.toString()));
      Path generator = folder.resolve("osmo");
      write(generator, "#!/bin/sh\necho osmo_00000000000000000000000000002duGrq\n");
      run("chmod", "+x", generator.toString());
      Path secrets = folder.resolve("overlays/dev/secrets");
      run("rm", "-rf", secrets.toString());
      run(
          "env",
          "OSMO=" + generator,
          SOURCE.resolve("make-secrets").toString(),
          secrets.toString());
      return folder;
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
