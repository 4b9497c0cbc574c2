package dev.osmo.exchange.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.exchange.testing.Verifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class FixedBuilderSettingsTest {

  private static final Map<String, String> HOSTILE =
      Map.of(
          "smallrye.jwt.new-token.override-matching-claims", "true",
          "smallrye.jwt.new-token.issuer", "https://foreign.test",
          "smallrye.jwt.new-token.audience", "foreign");

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @BeforeEach
  void set() {
    HOSTILE.forEach(System::setProperty);
  }

  @AfterEach
  void clear() {
    HOSTILE.keySet().forEach(System::clearProperty);
  }

  @Test
  @Tag("I9")
  void a_setting_of_the_library_does_not_change_what_is_signed() {
    People people = new People(databaseUrl);

    var claims = Verifier.claims(Exchanges.exchange(people.pat(people.person("osmo-user"))));

    assertThat(claims.getIssuer()).isEqualTo(ServiceSetup.ISSUER);
    assertThat(claims.getAudience()).isEqualTo(List.of("osmo"));
  }
}
