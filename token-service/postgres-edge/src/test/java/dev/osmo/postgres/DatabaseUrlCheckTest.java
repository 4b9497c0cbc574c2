package dev.osmo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlCheckTest {

  private static final String SETTING = "quarkus.datasource.reactive.url";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db.example.com/osmo",
        "postgres://[::1]:5432/osmo?sslmode=verify-full",
        "vertx-reactive:postgresql://user:p%40ss@db:5432/osmo",
        "postgresql://db1/osmo,postgresql://db2/osmo"
      })
  void an_address_is_accepted(String url) {
    assertThat(config(url).getOptionalValue(SETTING, String.class)).hasValue(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/osmo",
        "postgresql://user:s3cret@db:port/osmo",
        "postgresql://user:s3cret@db:65536/osmo",
        "postgresql://user:s3c@ret@db:5432/osmo",
        "postgresql://db/osmo?sslmode=s3cret",
        "postgresql://db/osmo?s3cret",
        "postgresql://db1/osmo,db2",
        "postgresql://db1:5432,db2:5432/osmo",
        "db",
        " postgresql://db/osmo"
      })
  void anything_else_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> config(url).getOptionalValue(SETTING, String.class))
        .hasMessage(
            "quarkus.datasource.reactive.url must be an address such as"
                + " postgresql://db.example.com:5432/osmo, or several separated by commas.");
    assertThatThrownBy(() -> config("${other}", url).getOptionalValue(SETTING, String.class))
        .hasMessageContaining(SETTING);
  }

  @Test
  void a_setting_that_is_missing_or_of_something_else_is_not_checked() {
    assertThat(config("").getOptionalValue(SETTING, String.class)).isEmpty();
    assertThat(config("", "db").getOptionalValue("other", String.class)).hasValue("db");
  }

  private static SmallRyeConfig config(String url) {
    return config(url, "");
  }

  private static SmallRyeConfig config(String url, String other) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredInterceptors()
        .withDefaultValues(Map.of(SETTING, url, "other", other))
        .build();
  }
}
