package dev.osmo.token.settings;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of the security events of identity providers. */
public interface SecurityEventSettings {

  /**
   * The transmitters of security events: a JSON file. Without it, {@code /ssf/events} does not
   * exist.
   */
  Optional<Path> transmittersFile();

  /** A Kafka topic with security events. */
  Kafka kafka();

  interface Kafka {

    /**
     * The brokers, as comma-separated {@code HOST:PORT}. Without it, no topic is read; used with
     * {@code transmitters-file}.
     */
    Optional<List<String>> bootstrapServers();

    /** The topic; required with the brokers. */
    Optional<String> topic();

    /** The consumer group, which the replicas share. */
    @WithDefault("osmo-token-service")
    String group();

    /** Whether the brokers are connected with TLS. */
    @WithDefault("true")
    boolean tls();

    /**
     * The PEM file of the only authorities that may sign the brokers' certificates. Without it,
     * those that the JVM trusts.
     */
    Optional<Path> caFile();

    /**
     * The PEM file with the service's own certificate chain and its private key (PKCS #8), for
     * brokers that authenticate clients by certificate.
     */
    Optional<Path> certificateFile();

    /** The user for SASL; used with TLS and {@code password-file}. */
    Optional<String> user();

    /** The file with the user's password, in one line. */
    Optional<Path> passwordFile();

    /** How SASL proves the password: SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN. */
    @WithDefault("SCRAM-SHA-512")
    String mechanism();
  }
}
