package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The program of {@code BROWSER}, which hands the page to the test. The test then acts as it. */
record TestBrowser(Path program, Path page) {
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /** Forgets the page of an earlier sign-in in the same folder. */
  static TestBrowser in(Path folder) {
    TestBrowser browser = new TestBrowser(folder.resolve("browser"), folder.resolve("page"));
    try {
      Files.deleteIfExists(browser.page);
      Files.writeString(
          browser.program, "#!/bin/sh\nprintf '%s\\n' \"$1\" > '" + browser.page + "'\n");
      Files.setPosixFilePermissions(browser.program, PosixFilePermissions.fromString("rwx------"));
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean wasStarted() {
    return Files.exists(page);
  }

  /** The parameters of the provider's page; waits until osmo opens it. */
  Map<String, String> parameters() {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(page).isRegularFile().content().endsWith("\n"));
    URI uri = URI.create(Contracts.text(page).strip());
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : uri.getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  /** Returns with these parameters, as after a redirect of the provider. */
  HttpResponse<String> comesBack(Map<String, String> answer) {
    String query =
        answer.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return get(URI.create(parameters().get("redirect_uri") + "?" + query));
  }

  /** Requests another path of the same listener. */
  HttpResponse<String> opens(String path) {
    return get(URI.create(parameters().get("redirect_uri")).resolve(path));
  }

  /** The first line of the response to a request that names this host. */
  String comesBackTo(String host, Map<String, String> answer) throws IOException {
    URI redirect = URI.create(parameters().get("redirect_uri"));
    String query =
        answer.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("&"));
    try (Socket socket = new Socket(redirect.getHost(), redirect.getPort())) {
      String request =
          "GET %s?%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(redirect.getPath(), query, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  private static HttpResponse<String> get(URI uri) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(DEADLINE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
