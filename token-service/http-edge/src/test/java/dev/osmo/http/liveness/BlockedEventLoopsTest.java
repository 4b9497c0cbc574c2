package dev.osmo.http.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I10")
class BlockedEventLoopsTest {

  private final EventLoopGroup loops = new DefaultEventLoopGroup(2);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void a_blocked_event_loop_is_noticed_while_the_others_work() {
    BlockedEventLoops check = new BlockedEventLoops(loops, Duration.ofMillis(300));
    assertThat(check.isAlive()).isTrue();
    block(loops.iterator().next());

    await().atMost(Patience.LONG).until(() -> !check.isAlive());

    end.countDown();
    await().atMost(Patience.LONG).until(check::isAlive);
  }

  @Test
  void a_loop_that_is_busy_for_a_shorter_time_is_alive() {
    BlockedEventLoops check = new BlockedEventLoops(loops, Patience.LONG);
    block(loops.iterator().next());

    assertThat(check.isAlive()).isTrue();
    assertThat(check.isAlive()).isTrue();
  }

  private void block(EventExecutor loop) {
    CountDownLatch blocked = new CountDownLatch(1);
    loop.execute(
        () -> {
          blocked.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      blocked.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
