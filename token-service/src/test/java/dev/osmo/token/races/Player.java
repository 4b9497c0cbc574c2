package dev.osmo.token.races;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Performs steps on one user over HTTP. It prunes with the database function, as the exchange does.
 */
record Player(Person user, Person administrator) {

  private static final String OWN = "/api/auth/access_token/";

  Done play(Step step) {
    String id = UUID.randomUUID().toString();
    long sent = System.nanoTime();
    int status = step.kind() == Step.Kind.PRUNE ? prune() : send(step, id);
    return new Done(step, id, sent, System.nanoTime(), status);
  }

  static int prune() {
    try (Connection exchange =
            Stage.current().postgres().connectAs(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = exchange.createStatement()) {
      statement.execute("SELECT prune_removals(100)");
      return 200;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int send(Step step, String id) {
    return request(step).header("X-Request-Id", id).send().status();
  }

  private Request request(Step step) {
    String roles = "/api/auth/user/" + user.id() + "/roles";
    String tokens = "/api/auth/user/" + user.id() + "/access_token/";
    return switch (step.kind()) {
      case CREATE_BY_USER -> byUser("POST", OWN + step.token() + query(step));
      case CREATE_BY_ADMINISTRATOR -> byAdministrator("POST", tokens + step.token() + query(step));
      case REMOVE -> byAdministrator("DELETE", roles + "/" + step.role());
      case GRANT -> byAdministrator("POST", roles).json("{\"role_name\":\"" + step.role() + "\"}");
      case DELETE -> byUser("DELETE", OWN + step.token());
      case ROTATE -> byAdministrator("POST", tokens + step.token() + "/rotate");
      case SUSPEND -> byUser("POST", OWN + step.token() + "/suspend");
      case RESUME -> byUser("POST", OWN + step.token() + "/resume");
      case PRUNE -> throw new IllegalArgumentException("the exchange prunes");
    };
  }

  private Request byUser(String method, String address) {
    return Request.of(method, address).as(user);
  }

  private Request byAdministrator(String method, String address) {
    return Request.of(method, address).as(administrator);
  }

  private static String query(Step step) {
    return step.roles().stream()
        .map(role -> "roles=" + role)
        .collect(Collectors.joining("&", "?", ""));
  }
}
