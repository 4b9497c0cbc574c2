package dev.osmo.token.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.start.StartRefused;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.token.settings.SecurityEventSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the settings of the topic become those of the connector. */
class TopicConfigurationTest {

  private static final String PASSWORD = "a \"b\\c\" ${d}";

  @TempDir Path folder;

  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void aTopicWithAUser() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    settings.putAll(
        Map.of(
            "transmitters-file", "/etc/osmo/transmitters.json",
            "kafka.bootstrap-servers", "kafka-1.example.com:9093, [::1]:9093",
            "kafka.topic", "security-events",
            "kafka.user", "osmo",
            "kafka.password-file", password.toString()));
  }

  @Test
  void without_brokers_there_is_no_topic() {
    settings.remove("kafka.bootstrap-servers");

    assertThat(TopicConfiguration.of(read())).isEmpty();
  }

  @Test
  void a_password_is_sent_as_it_is_in_the_file_and_with_tls_only() {
    Config config = TopicConfiguration.of(read()).orElseThrow().forConnector();

    assertThat(config.getValue("security.protocol", String.class)).isEqualTo("SASL_SSL");
    assertThat(config.getValue("sasl.jaas.config", String.class))
        .isEqualTo(
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"osmo\" password=\"a \\\"b\\\\c\\\" ${d}\";");
    assertThat(config.getValue("bootstrap.servers", String.class))
        .isEqualTo("kafka-1.example.com:9093,[::1]:9093");
  }

  @Test
  void a_client_may_have_a_certificate_and_its_own_authority() throws IOException {
    TestAuthority authority = TestAuthority.create("localhost");
    Path own =
        Files.writeString(
            folder.resolve("own.pem"),
            Files.readString(authority.serverKey())
                + Files.readString(authority.serverCertificate()));
    settings.remove("kafka.user");
    settings.remove("kafka.password-file");
    settings.put("kafka.ca-file", authority.certificate().toString());
    settings.put("kafka.certificate-file", own.toString());

    Config config = TopicConfiguration.of(read()).orElseThrow().forConnector();

    assertThat(config.getValue("security.protocol", String.class)).isEqualTo("SSL");
    assertThat(config.getValue("ssl.truststore.location", String.class))
        .isEqualTo(authority.certificate().toString());
    assertThat(config.getValue("ssl.keystore.location", String.class)).isEqualTo(own.toString());
  }

  @ParameterizedTest
  @Tag("I9")
  @CsvSource(
      delimiter = '|',
      value = {
        "transmitters-file | | used with security-events.transmitters-file",
        "kafka.topic | | kafka.topic is not set and must be the name of a topic",
        "kafka.bootstrap-servers | kafka-1.example.com | must be a comma-separated list of HOST:PORT",
        "kafka.bootstrap-servers | kafka-1:99999 | must be a comma-separated list of HOST:PORT",
        "kafka.bootstrap-servers | http://kafka-1:9092 | must be a comma-separated list of HOST:PORT",
        "kafka.tls | false | kafka.tls is false and must be true, because user is set",
        "kafka.user | | kafka.password-file is set and must be used with user",
        "kafka.password-file | | kafka.password-file is not set and must be set, because user is set",
        "kafka.password-file | /nowhere | The password file for Kafka /nowhere does not exist",
        "kafka.mechanism | GSSAPI | kafka.mechanism is GSSAPI and must be SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN",
        "kafka.ca-file | /nowhere | /nowhere",
        "kafka.certificate-file | /nowhere | The certificate file for Kafka /nowhere does not exist"
      })
  void settings_that_do_not_fit_stop_the_start(String setting, String value, String why) {
    if (value == null) {
      settings.remove(setting);
    } else {
      settings.put(setting, value);
    }

    assertThatThrownBy(() -> TopicConfiguration.of(read()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_password_file_has_one_line() throws IOException {
    Files.writeString(folder.resolve("password"), "one\ntwo\n");

    assertThatThrownBy(() -> TopicConfiguration.of(read()))
        .hasMessageContaining("must have exactly one line")
        .hasMessageNotContaining("two");
  }

  private SecurityEventSettings read() {
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach((name, value) -> prefixed.put("events." + name, value));
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(prefixed, "test", 0))
        .withMapping(SecurityEventSettings.class, "events")
        .build()
        .getConfigMapping(SecurityEventSettings.class, "events");
  }
}
