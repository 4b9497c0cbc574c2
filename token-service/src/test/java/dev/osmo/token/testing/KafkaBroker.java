package dev.osmo.token.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.osmo.testkit.contracts.Repository;
import dev.osmo.testkit.ports.FreePorts;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own broker as a process with its own libraries, which a test can kill and start again. It
 * has one listener without authentication and one with TLS and SCRAM.
 */
public final class KafkaBroker implements AutoCloseable {

  public static final String USER = "osmo";
  public static final String PASSWORD = "back\\slash-${home}";

  private static final Path LIBRARIES = Repository.path("deploy/kafka/target/lib");
  private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qg";
  private static final int PARTITIONS = 2;

  private final Path folder;
  private final int port;
  private final int securePort;
  private Process process;
  private @Nullable Admin admin;
  private int topics;

  private KafkaBroker(Path folder, int port, int securePort, Process process) {
    this.folder = folder;
    this.port = port;
    this.securePort = securePort;
    this.process = process;
  }

  /**
   * Starts a broker without a topic, whose certificate for {@code localhost} the authority signs.
   */
  public static KafkaBroker start(Path folder, TestAuthority authority) {
    try {
      List<Integer> ports = FreePorts.find(3);
      Path keys =
          Files.writeString(
              folder.resolve("broker.pem"),
              Files.readString(authority.serverKey())
                  + Files.readString(authority.serverCertificate()));
      Files.writeString(folder.resolve("broker.properties"), settings(folder, ports, keys));
      Process format =
          java(
                  folder,
                  "kafka.tools.StorageTool",
                  "format",
                  "--cluster-id",
                  CLUSTER,
                  "--config",
                  "broker.properties",
                  "--add-scram",
                  "SCRAM-SHA-512=[name=%s,iterations=4096,password=%s]".formatted(USER, PASSWORD))
              .redirectOutput(folder.resolve("format.log").toFile())
              .start();
      if (Patience.exitOf(format) != 0) {
        throw new AssertionError(Files.readString(folder.resolve("format.log")));
      }
      KafkaBroker broker = new KafkaBroker(folder, ports.get(0), ports.get(1), run(folder));
      broker.awaitReady();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String settings(Path folder, List<Integer> ports, Path keys) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%3$d
        controller.listener.names=CONTROLLER
        listeners=OPEN://127.0.0.1:%1$d,SECURE://localhost:%2$d,CONTROLLER://127.0.0.1:%3$d
        advertised.listeners=OPEN://127.0.0.1:%1$d,SECURE://localhost:%2$d
        listener.security.protocol.map=OPEN:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=OPEN
        sasl.enabled.mechanisms=SCRAM-SHA-512
        listener.name.secure.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
        listener.name.secure.ssl.keystore.type=PEM
        listener.name.secure.ssl.keystore.location=%4$s
        log.dirs=%5$s
        num.partitions=1
        auto.create.topics.enable=false
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
        .formatted(ports.get(0), ports.get(1), ports.get(2), keys, folder.resolve("log"));
  }

  private static Process run(Path folder) throws IOException {
    return java(folder, "kafka.Kafka", "broker.properties")
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.log").toFile()))
        .start();
  }

  private static ProcessBuilder java(Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            LIBRARIES.toAbsolutePath() + "/*"));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
  }

  /** The name of the topic that was created last. */
  public String topic() {
    return "security-events-" + topics;
  }

  /** The consumer group of that topic. */
  public String group() {
    return "osmo-token-service-" + topics;
  }

  /** {@code HOST:PORT} of the listener without authentication. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** {@code HOST:PORT} of the listener with TLS and SCRAM. */
  public String secureAddress() {
    return "localhost:" + securePort;
  }

  public void send(String value) {
    send(value.getBytes(UTF_8));
  }

  /** Completes when the broker has the record. */
  public void send(byte @Nullable [] value) {
    send(Collections.singletonList(value));
  }

  /** Completes when the broker has all these records. */
  public void sendAll(List<String> values) {
    send(values.stream().map(value -> value.getBytes(UTF_8)).toList());
  }

  private void send(List<byte @Nullable []> values) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", address(), "acks", "all", "compression.type", "gzip");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent =
          values.stream()
              .map(value -> producer.send(new ProducerRecord<>(topic(), value)))
              .toList();
      for (Future<RecordMetadata> each : sent) {
        each.get(deadline(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** How many records the group has done, by the offsets that it has committed. */
  public long committed() {
    try {
      return admin()
          .listConsumerGroupOffsets(group())
          .partitionsToOffsetAndMetadata()
          .get(deadline(), TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().topic().equals(topic()) && entry.getValue() != null)
          .map(Map.Entry::getValue)
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** How many records the topic has. */
  public long records() {
    try {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int i = 0; i < PARTITIONS; i++) {
        latest.put(new TopicPartition(topic(), i), OffsetSpec.latest());
      }
      return admin().listOffsets(latest).all().get(deadline(), TimeUnit.SECONDS).values().stream()
          .mapToLong(found -> found.offset())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** One client until the broker is killed: to create one takes more than to ask it. */
  private Admin admin() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  "bootstrap.servers",
                  address(),
                  "request.timeout.ms",
                  "5000",
                  "default.api.timeout.ms",
                  "10000"));
    }
    return admin;
  }

  /**
   * Creates the topic that is used from now on, and names a group that has no member. A former
   * group would wait for the members that a test has killed.
   */
  public void createTopic() {
    topics++;
    try {
      admin()
          .createTopics(List.of(new NewTopic(topic(), PARTITIONS, (short) 1)))
          .all()
          .get(deadline(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** As a failure of the machine does. */
  public void kill() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
    process.destroyForcibly().onExit().join();
  }

  /** Starts again after {@link #kill} with the same records. */
  public void restart() {
    try {
      process = run(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  private void awaitReady() {
    Awaitility.await()
        .atMost(Patience.LONG)
        .ignoreExceptions()
        .until(() -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new AssertionError(log());
    }
  }

  private boolean isReady() throws Exception {
    return !admin().describeCluster().nodes().get(deadline(), TimeUnit.SECONDS).isEmpty();
  }

  private static long deadline() {
    return Patience.LONG.toSeconds();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("broker.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
