package dev.osmo.token.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;

/**
 * What each route does, in a sentence; {@code routes.properties} has them by method and path. A
 * number before the sentence is the status of success, when it is not 200.
 */
final class Sentences {

  private static final String FILE = "routes.properties";
  private static final String OK = "200";

  private final Properties byRoute;

  private Sentences(Properties byRoute) {
    this.byRoute = byRoute;
  }

  static Sentences read() {
    try (InputStream file = Sentences.class.getResourceAsStream(FILE)) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(file));
      return new Sentences(properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A route without a sentence stays without, which a test finds. */
  void put(PathItem.HttpMethod method, String path, Operation operation) {
    String text = byRoute.getProperty(method + "_" + path);
    if (text == null) {
      return;
    }
    String[] parts = text.split(" ", 2);
    if (parts[0].matches("[0-9]{3}")) {
      operation
          .getResponses()
          .addAPIResponse(parts[0], operation.getResponses().getAPIResponse(OK));
      operation.getResponses().removeAPIResponse(OK);
      operation.setSummary(parts[1]);
    } else {
      operation.setSummary(text);
    }
  }
}
