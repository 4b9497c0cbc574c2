package dev.osmo.exchange.settings;

import dev.osmo.testkit.docs.ConfigurationPage;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  @Test
  void every_setting_is_on_the_page_with_its_default_and_its_sentence() {
    new ConfigurationPage("auth-exchange-service/src/main/java").check(AuthExchangeConfig.class);
  }
}
