package dev.osmo.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.load.OpenLoop.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoopResultTest {

  @Test
  void only_what_was_sent_in_the_measured_time_counts() {
    List<Sent> sent =
        List.of(
            new Sent(5_999_999, 503, 70_000),
            new Sent(5_000_000, 200, 80_000),
            new Sent(6_000_000, 200, 1_000),
            new Sent(7_500_000, 503, 200),
            new Sent(7_999_999, 200, 9_000_000),
            new Sent(7_000_000, 500, 400),
            new Sent(8_000_000, 200, 90_000));

    OpenLoopResult result =
        OpenLoopResult.of(2, sent, Duration.ofSeconds(1), Duration.ofSeconds(2));

    assertThat(result).isEqualTo(new OpenLoopResult(2, 4, 2_000_000, 2, 1_000, 1_000, 1, 200, 1));
    assertThat(result.sentPerSecond()).isEqualTo(2);
    assertThat(result.perSecond()).isEqualTo(1);
  }
}
