package dev.osmo.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The program: {@code Images CHECKOUT OUTPUT VERSION TIME BASE CACHES}. */
public final class Images {
  static final String TRAIN = "train";
  static final String NONE = "none";

  private Images() {}

  public static void main(String... args) {
    Path checkout = Path.of(args[0]).toAbsolutePath().normalize();
    Path output = Path.of(args[1]).toAbsolutePath();
    Release release = new Release(args[2], Instant.parse(args[3]));
    Base base = Base.of(args[4], checkout);
    if (Installation.SERVICES.stream().allMatch(name -> isBuilt(checkout.resolve(name)))) {
      writeServices(checkout, output, release, base, args[5]);
    } else {
      System.out.println("No images of the services: they are not built.");
    }
    Path binary = checkout.resolve("osmo-cli/target/osmo-cli-" + release.version() + "-runner");
    if (Files.isExecutable(binary)) {
      Image image = Image.ofCommand(checkout.resolve("osmo-cli"), binary, base);
      report(image, image.write(release, base, output));
    } else {
      System.out.println("No image of osmo: there is no native binary. See GRAALVM_HOME.");
    }
  }

  private static void writeServices(
      Path checkout, Path output, Release release, Base base, String setting) {
    JavaRuntime runtime = JavaRuntime.link(output.resolve("runtime"));
    List<Service> services =
        Installation.SERVICES.stream()
            .map(
                name ->
                    Service.staged(name, checkout.resolve(name), output.resolve("applications")))
            .toList();
    Optional<Path> caches = caches(setting, checkout, runtime, services, output);
    for (Service service : services) {
      Optional<Path> cache = caches.map(folder -> cache(folder, runtime, service));
      Image image = Image.ofService(service, runtime, base, cache);
      report(image, image.write(release, base, output));
    }
  }

  /** Whether a build with this setting has caches. */
  static boolean hasCaches(String setting) {
    return !setting.equals(NONE) && (!setting.equals(TRAIN) || Training.isSupported());
  }

  /** The folder of the caches. A relative one is in the checkout, wherever the build runs. */
  private static Optional<Path> caches(
      String setting, Path checkout, JavaRuntime runtime, List<Service> services, Path output) {
    Path trained = output.resolve("caches");
    if (!hasCaches(setting)) {
      Programs.deleteRecursively(trained);
      return Optional.empty();
    }
    if (setting.equals(TRAIN)) {
      new Training(checkout, runtime, services).write(trained);
      return Optional.of(trained);
    }
    return Optional.of(checkout.resolve(setting));
  }

  /** The cache of a service, which this runtime accepts for its files. */
  private static Path cache(Path folder, JavaRuntime runtime, Service service) {
    Path cache = folder.resolve(service.name() + ".aot");
    if (!Files.isRegularFile(cache)) {
      throw new IllegalArgumentException(
          "There is no cache of %s: %s. Name a folder with the files of another build's deploy/images/target/caches, or none."
              .formatted(service.name(), cache));
    }
    Training.requireUsable(cache, runtime, service);
    return cache;
  }

  private static boolean isBuilt(Path module) {
    return Files.exists(module.resolve("target/quarkus-app/quarkus-run.jar"));
  }

  private static void report(Image image, String digest) {
    System.out.println(image.name() + ".tar: " + digest);
  }
}
