package dev.osmo.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CliTest {
  @Test
  void a_command_is_shown_as_a_user_would_type_it() {
    assertThat(Cli.typed("login", "http://localhost:8080", "--method=token", "--token-file=/a/b"))
        .isEqualTo("osmo login http://localhost:8080 --method=token --token-file=/a/b");
    assertThat(Cli.typed("token", "set", "x", "--description", "My \"token\" for $5"))
        .isEqualTo("osmo token set x --description \"My \\\"token\\\" for \\$5\"");
  }
}
