package dev.osmo.token.start;

import dev.osmo.testkit.docs.ConfigurationPage;
import dev.osmo.token.settings.TokenServiceSettings;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  @Test
  void every_setting_is_on_the_page_with_its_default_and_its_sentence() {
    new ConfigurationPage("token-service/src/main/java").check(TokenServiceSettings.class);
  }
}
