package dev.osmo.testkit.postgres;

import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import java.time.Duration;

/** A migrated primary and its streaming standby. A test stops, promotes and repoints them. */
public final class StreamingPair implements AutoCloseable {

  private static final Duration DEADLINE = Patience.LONG;

  private final PostgresNode first;
  private final PostgresNode second;

  private StreamingPair(PostgresNode first, PostgresNode second) {
    this.first = first;
    this.second = second;
  }

  /** The first node is the primary and the second one has all its rows. */
  public static StreamingPair start() {
    PostgresNode first = PostgresNode.startMigrated();
    StreamingPair pair = new StreamingPair(first, first.startStandby());
    pair.awaitStreaming();
    return pair;
  }

  public PostgresNode first() {
    return first;
  }

  public PostgresNode second() {
    return second;
  }

  /** Both addresses, in the form of {@code quarkus.datasource.reactive.url}. */
  public String reactiveUrls() {
    return first.reactiveUrl() + "," + second.reactiveUrl();
  }

  /** Waits until the second node has applied all that the first one has committed. */
  public void awaitReplayed() {
    second.awaitReplayOf(first);
  }

  private void awaitStreaming() {
    String streaming = "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'";
    await().atMost(DEADLINE).until(() -> !first.query(streaming).isEmpty());
    awaitReplayed();
  }

  @Override
  public void close() {
    second.close();
    first.close();
  }
}
