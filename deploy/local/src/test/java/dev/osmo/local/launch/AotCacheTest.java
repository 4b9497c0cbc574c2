package dev.osmo.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.process.ChildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service may start from the cache at any time, also while another stack trains it. */
class AotCacheTest {

  private static final String OUTPUT = "-XX:AOTCacheOutput=";

  @TempDir Path target;
  private ChildSpec service;

  @BeforeEach
  void aService() {
    Path jar = target.resolve("quarkus-app/quarkus-run.jar");
    service =
        new ChildSpec(
            "a-service",
            List.of("java", "-jar", jar.toString()),
            Map.of(),
            target.resolve("service.log"));
  }

  @Test
  void the_cache_in_use_changes_only_when_the_new_one_is_complete() throws IOException {
    AotCache cache = AotCache.of(service);
    Files.writeString(cache.file(), "former");
    Files.writeString(output(cache.training(service)), "new");

    assertThat(cache.file()).hasContent("former");

    cache.replace();
    assertThat(cache.file()).hasContent("new");
    assertThat(target.toFile().list()).containsExactly("service.aot");
  }

  @Test
  void a_training_that_writes_nothing_leaves_the_former_cache() throws IOException {
    AotCache cache = AotCache.of(service);
    Files.writeString(cache.file(), "former");

    cache.replace();

    assertThat(cache.file()).hasContent("former");
  }

  private static Path output(ChildSpec training) {
    return training.command().stream()
        .filter(option -> option.startsWith(OUTPUT))
        .map(option -> Path.of(option.substring(OUTPUT.length())))
        .findFirst()
        .orElseThrow();
  }
}
