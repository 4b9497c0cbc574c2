package dev.osmo.token.minting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.http.problem.RefusedException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I10")
class HashQueueTest {

  private static final int FAR_MORE_THAN_MAY_WAIT = 5_000;

  @Inject Mint mint;

  @Test
  void a_hash_above_the_short_queue_is_refused() throws Throwable {
    List<String> outcomes =
        VertxContextSupport.subscribeAndAwait(
            () -> Uni.join().all(manyAtOnce()).andCollectFailures());

    assertThat(outcomes).containsOnly("made", "busy");
    assertThat(mintOne()).isEqualTo("made");
  }

  private List<Uni<String>> manyAtOnce() {
    return IntStream.range(0, FAR_MORE_THAN_MAY_WAIT).mapToObj(i -> outcome()).toList();
  }

  private String mintOne() throws Throwable {
    return VertxContextSupport.subscribeAndAwait(this::outcome);
  }

  private Uni<String> outcome() {
    return mint.mint()
        .map(minted -> "made")
        .onFailure(RefusedException.class)
        .recoverWithItem(refused -> refused.refusal().type().typeName());
  }
}
