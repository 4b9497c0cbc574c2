package dev.osmo.cli.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkTest {
  private static final int ROTATIONS = 1000;

  @TempDir Path folder;

  private static Credential credential(int number) {
    String claims = "{\"n\":%d,\"pad\":\"%s\"}".formatted(number, "x".repeat(number % 3000));
    String part =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return new Credential(
        "test",
        new ServerUrl("https://osmo.example.com"),
        new Jwt(part + "." + part + ".signature" + number, Instant.now(), Duration.ofMinutes(5)),
        Optional.empty());
  }

  /** Their lengths differ, so that a mixture of two would be noticed. */
  @Test
  @Tag("I9")
  void a_reader_sees_no_part_of_a_jwt_in_a_thousand_rotations() throws Exception {
    Path file = folder.resolve("jwt");
    Sink sink =
        new Sink(
            file,
            SinkFormat.RAW,
            Set.of(PosixFilePermission.OWNER_READ),
            new Downscope(),
            Optional.empty());
    Set<String> written = new HashSet<>();
    for (int i = 0; i <= ROTATIONS; i++) {
      written.add(credential(i).jwt().text());
    }
    sink.write(credential(0));
    AtomicBoolean reading = new AtomicBoolean(true);
    Set<String> torn = new HashSet<>();
    CompletableFuture<Set<String>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              Set<String> seen = new HashSet<>();
              while (reading.get()) {
                String text = content(file);
                if (!written.contains(text)) {
                  torn.add(text);
                }
                seen.add(text);
              }
              return seen;
            },
            task -> Thread.ofPlatform().start(task));

    for (int i = 1; i <= ROTATIONS; i++) {
      sink.write(credential(i));
    }
    reading.set(false);

    assertThat(reader.get()).hasSizeGreaterThan(10);
    assertThat(torn).isEmpty();
    assertThat(folder.toFile().list()).containsExactly("jwt");
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      return "missing";
    }
  }
}
