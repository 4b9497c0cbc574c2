package dev.osmo.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The program: {@code Images CHECKOUT OUTPUT VERSION TIME}. */
public final class Images {
  private Images() {}

  public static void main(String... args) {
    Path checkout = Path.of(args[0]).toAbsolutePath().normalize();
    Path output = Path.of(args[1]).toAbsolutePath();
    Release release = new Release(args[2], Instant.parse(args[3]));
    CLibrary library = CLibrary.ofThisMachine();
    JavaRuntime runtime = JavaRuntime.link(output.resolve("runtime"));
    for (String service : List.of("token-service", "auth-exchange-service")) {
      Image image = Image.ofService(service, checkout.resolve(service), runtime, library);
      report(image, image.write(release, output));
    }
    Path binary = checkout.resolve("osmo-cli/target/osmo-cli-" + release.version() + "-runner");
    if (Files.isExecutable(binary)) {
      Image image = Image.ofCommand(checkout.resolve("osmo-cli"), binary, library);
      report(image, image.write(release, output));
    } else {
      System.out.println("No image of osmo: there is no native binary. See GRAALVM_HOME.");
    }
  }

  private static void report(Image image, String digest) {
    System.out.println(image.name() + ".tar: " + digest);
  }
}
