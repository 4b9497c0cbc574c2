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
    Base base = new Base(args[4]);
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
    Path caches = caches(setting, checkout, runtime, services, output);
    for (Service service : services) {
      Path cache = caches.resolve(service.name() + ".aot");
      Image image =
          Image.ofService(
              service, runtime, base, Files.exists(cache) ? Optional.of(cache) : Optional.empty());
      report(image, image.write(release, base, output));
    }
  }

  /** The folder of the caches. */
  private static Path caches(
      String setting, Path checkout, JavaRuntime runtime, List<Service> services, Path output) {
    Path folder = output.resolve("caches");
    if (setting.equals(NONE) || (setting.equals(TRAIN) && !Training.isSupported())) {
      Programs.deleteRecursively(folder);
      return folder;
    }
    if (setting.equals(TRAIN)) {
      new Training(checkout, runtime, services).write(folder);
      return folder;
    }
    return Path.of(setting).toAbsolutePath();
  }

  private static boolean isBuilt(Path module) {
    return Files.exists(module.resolve("target/quarkus-app/quarkus-run.jar"));
  }

  private static void report(Image image, String digest) {
    System.out.println(image.name() + ".tar: " + digest);
  }
}
