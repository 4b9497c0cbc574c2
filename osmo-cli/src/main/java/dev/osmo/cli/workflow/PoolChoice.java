package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.Optional;

/** The pool to submit to by default: the one of the profile, or the only one there is. */
@Singleton
class PoolChoice {
  private final Session session;

  PoolChoice(Session session) {
    this.session = session;
  }

  String defaultPool() {
    return fromProfile().or(this::onlyPool).orElseThrow(PoolChoice::undecided);
  }

  private Optional<String> fromProfile() {
    JsonNode settings = session.call(OsmoApi.profile());
    return Optional.of(settings.path("profile").path("pool").asText(""))
        .filter(pool -> !pool.isEmpty());
  }

  private Optional<String> onlyPool() {
    JsonNode pools = session.call(OsmoApi.pools()).path("pools");
    Iterator<String> names = pools.fieldNames();
    return pools.size() == 1 ? Optional.of(names.next()) : Optional.empty();
  }

  private static Failure undecided() {
    return Failure.of(
        ExitCode.USER_ERROR, "No default pool set", "Specify a pool using --pool or -p.");
  }
}
