package dev.osmo.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/auth/access_token",
        "/api/auth/access_token/",
        "/api/auth/access_token?x=//../%2F;",
        "/api/auth/user/user@example.com/roles",
        "/api/auth/user/user%40example.com",
        "/api/auth/user/a.b..c/roles",
        "/api/configs/role/team%3Aone",
        "/.well-known/jwks.json"
      })
  void an_unambiguous_path_is_accepted(String target) {
    assertThat(PlainPath.isPlain(target)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "api/auth/keys",
        "http://evil.example/api/auth/keys",
        "//api/auth/keys",
        "/api//auth/keys",
        "/api/auth/keys//",
        "/api/auth/./keys",
        "/api/auth/keys/.",
        "/api/auth/jwt/../user",
        "/api/auth/jwt/..",
        "/api/auth/jwt/%2e%2e/user",
        "/api/auth/jwt/.%2E/user",
        "/api/auth/jwt%2F..%2Fuser",
        "/api/auth/jwt/..%5cuser",
        "/api/auth/jwt\\..\\user",
        "/api/auth/jwt/..;/user",
        "/api/auth/user;x=y",
        "/api/auth/user%3bx",
        "/api/auth/user%00",
        "/api/auth/user%0d%0aX:y",
        "/api/auth/user%7F",
        "/api/auth/user%252F..",
        "/api/auth/user%2",
        "/api/auth/user%zz",
        "/api/auth/user%",
        "/api/auth/user%3Fx",
        "/api/auth/user%23x",
        "/api/auth/user#x",
        "/api/auth/üser"
      })
  void an_ambiguous_path_is_refused(String target) {
    assertThat(PlainPath.isPlain(target)).isFalse();
  }

  @Test
  void a_very_long_path_does_not_overflow_the_stack() {
    assertThat(PlainPath.isPlain("/a%20".repeat(20_000))).isTrue();
  }
}
