package dev.osmo.token.events;

import dev.osmo.http.authority.AuthorityFile;
import dev.osmo.http.start.SecretFile;
import dev.osmo.http.start.SettingRules;
import dev.osmo.token.settings.SecurityEventSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * How the connector reads the topic. The values are not those of the service's own configuration,
 * so no expression in a password is replaced.
 *
 * <ol>
 *   <li>The first replica begins with the oldest record, because an event of yesterday still
 *       counts.
 *   <li>The offset of a record is committed only when every record before it is acknowledged, too.
 *   <li>A record may wait for as long as the database or a key set is away.
 *   <li>The service neither creates topics nor stops serving requests because of a broker.
 * </ol>
 */
final class TopicConfiguration {

  private static final SettingRules RULES = new SettingRules("token-service");
  private static final String PREFIX = "security-events.kafka.";
  static final String CHANNEL = "security-events";
  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}");
  private static final int LARGEST_PORT = 65535;
  private static final String LONGEST_PAUSE = "10000";
  private static final String TAKEN_OVER_AFTER = "15000";
  private static final Map<String, String> LOGIN_MODULES =
      Map.of(
          "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule",
          "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
          "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule");

  private final List<String> brokers;
  private final SecurityEventSettings.Kafka settings;
  private final Map<String, String> values = new HashMap<>();

  private TopicConfiguration(List<String> brokers, SecurityEventSettings.Kafka settings) {
    this.brokers = brokers.stream().map(String::strip).toList();
    this.settings = settings;
  }

  /**
   * Empty if no topic is configured.
   *
   * @throws dev.osmo.http.start.StartRefused if a setting is missing or does not fit the others
   */
  static Optional<TopicConfiguration> of(SecurityEventSettings settings) {
    return settings
        .kafka()
        .bootstrapServers()
        .map(
            brokers -> {
              RULES.require(
                  settings.transmittersFile().isPresent(),
                  PREFIX + "bootstrap-servers",
                  String.join(",", brokers),
                  "used with security-events.transmitters-file");
              TopicConfiguration topic = new TopicConfiguration(brokers, settings.kafka());
              topic.read();
              return topic;
            });
  }

  /**
   * The client cannot be created while no address of a broker has an entry in the DNS, and would
   * not try again.
   *
   * @throws UncheckedIOException if no host is known
   */
  void requireKnownBroker() {
    for (String broker : brokers) {
      if (!new InetSocketAddress(host(broker), port(broker)).isUnresolved()) {
        return;
      }
    }
    throw new UncheckedIOException(new UnknownHostException(String.join(",", brokers)));
  }

  Config forConnector() {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, CHANNEL, 0))
        .build();
  }

  private void read() {
    for (String broker : brokers) {
      RULES.require(
          ADDRESS.matcher(broker).matches() && port(broker) <= LARGEST_PORT,
          PREFIX + "bootstrap-servers",
          broker,
          "a comma-separated list of HOST:PORT");
    }
    values.putAll(
        Map.ofEntries(
            Map.entry("channel-name", CHANNEL),
            Map.entry("bootstrap.servers", String.join(",", brokers)),
            Map.entry("topic", topic()),
            Map.entry("group.id", settings.group()),
            Map.entry("key.deserializer", BYTES),
            Map.entry("value.deserializer", BYTES),
            Map.entry("auto.offset.reset", "earliest"),
            Map.entry("allow.auto.create.topics", "false"),
            Map.entry("commit-strategy", "throttled"),
            Map.entry("throttled.unprocessed-record-max-age.ms", "0"),
            Map.entry("reconnect.backoff.max.ms", LONGEST_PAUSE),
            Map.entry("session.timeout.ms", TAKEN_OVER_AFTER),
            Map.entry("health-enabled", "false"),
            Map.entry("tracing-enabled", "false"),
            Map.entry("cloud-events", "false")));
    authenticate();
  }

  private static String host(String broker) {
    return broker.substring(0, broker.lastIndexOf(':')).replaceAll("^\\[|\\]$", "");
  }

  private static int port(String broker) {
    return Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
  }

  private String topic() {
    String topic = settings.topic().orElse("");
    RULES.require(!topic.isBlank(), PREFIX + "topic", "not set", "the name of a topic");
    return topic;
  }

  private void authenticate() {
    boolean isUser = settings.user().isPresent();
    requireTls(settings.caFile().isPresent(), "ca-file");
    requireTls(settings.certificateFile().isPresent(), "certificate-file");
    requireTls(isUser, "user");
    RULES.require(
        isUser == settings.passwordFile().isPresent(),
        PREFIX + "password-file",
        isUser ? "not set" : "set",
        isUser ? "set, because user is set" : "used with user");
    values.put(
        "security.protocol", (isUser ? "SASL_" : "") + (settings.tls() ? "SSL" : "PLAINTEXT"));
    settings.caFile().map(AuthorityFile::new).ifPresent(AuthorityFile::certificates);
    settings.caFile().ifPresent(file -> pem("ssl.truststore", file));
    settings.certificateFile().ifPresent(TopicConfiguration::requireKey);
    settings.certificateFile().ifPresent(file -> pem("ssl.keystore", file));
    settings.user().ifPresent(this::login);
  }

  private void requireTls(boolean isSet, String setting) {
    RULES.require(
        settings.tls() || !isSet, PREFIX + "tls", false, "true, because " + setting + " is set");
  }

  private static void requireKey(Path path) {
    SecretFile file = new SecretFile("certificate file for Kafka", path);
    List<String> lines = file.lines();
    if (!lines.contains("-----BEGIN PRIVATE KEY-----")
        || !lines.contains("-----BEGIN CERTIFICATE-----")) {
      throw file.refused("must have a certificate and an unencrypted private key (PKCS #8)");
    }
  }

  private void pem(String store, Path file) {
    values.put(store + ".type", "PEM");
    values.put(store + ".location", file.toString());
  }

  private void login(String user) {
    String module = LOGIN_MODULES.get(settings.mechanism());
    RULES.require(
        module != null,
        PREFIX + "mechanism",
        settings.mechanism(),
        "SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN");
    values.put("sasl.mechanism", settings.mechanism());
    values.put(
        "sasl.jaas.config",
        "%s required username=%s password=%s;"
            .formatted(
                module, quoted(user), quoted(password(settings.passwordFile().orElseThrow()))));
  }

  private static String password(Path path) {
    SecretFile file = new SecretFile("password file for Kafka", path);
    List<String> lines = file.lines();
    if (lines.size() != 1) {
      throw file.refused("must have exactly one line");
    }
    return lines.getFirst();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
