package dev.osmo.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontTest {

  @Test
  void all_replicas_are_behind_the_front() {
    assertThat(
            new Front(8000, Optional.empty(), List.of(8001, 8002), Optional.empty())
                .configuration())
        .contains(
            "bind 127.0.0.1:8000\n  default_backend exchange\n",
            "server exchange-1 127.0.0.1:8001\n  server exchange-2 127.0.0.1:8002\n")
        .doesNotContain("tokens");
  }

  @Test
  void the_service_of_tokens_has_its_paths_and_the_certificate_is_at_the_front() {
    assertThat(
            new Front(8000, Optional.of(Path.of("/c.pem")), List.of(8001), Optional.of(8003))
                .configuration())
        .contains(
            "bind 127.0.0.1:8000 ssl crt /c.pem\n  use_backend tokens if { path_beg",
            "}\n  default_backend exchange\n",
            "backend tokens\n  server tokens 127.0.0.1:8003\n");
  }
}
