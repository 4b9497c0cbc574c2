package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The parts of a session that are only visible inside the process. */
@QuarkusTest
class SessionInProcessTest extends CommandTest {
  @Inject Session session;

  @Test
  void many_callers_with_an_expired_jwt_cause_one_exchange() throws Exception {
    everythingAnswers(okJson("[]"));
    logIn();
    letTheJwtGetOld();

    List<Callable<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(() -> session.call(OsmoApi.tokens(Optional.empty())).size());
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (Future<Integer> caller : threads.invokeAll(callers)) {
        assertThat(caller.get()).isZero();
      }
    }

    assertThat(exchanges()).isEqualTo(1);
  }

  @Test
  @Tag("I1")
  void no_failure_carries_the_token_or_the_jwt() throws IOException {
    String jwt = logIn();
    letTheJwtGetOld();
    everythingAnswers(problem(500, "x"));

    Failure failure = catchThrowableOfType(Failure.class, () -> session.call(OsmoApi.version()));

    assertThat(failure.toString()).doesNotContain(token).doesNotContain(jwt);
  }
}
