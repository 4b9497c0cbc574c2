package dev.osmo.cli.auth;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --user}, for commands about sessions. */
public class SessionOwner {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "The user of the sessions; for administrators.")
  private Optional<String> user = Optional.empty();

  /** The sessions of that user, else of the caller. */
  OsmoApi.Sessions sessions(Session session) {
    return new OsmoApi.Sessions(user.orElseGet(() -> caller(session)));
  }

  /** For messages. */
  String ofUser() {
    return user.map(id -> " of user " + id).orElse("");
  }

  boolean isNamed() {
    return user.isPresent();
  }

  private static String caller(Session session) {
    String subject = session.credential().jwt().claims().path("sub").asText("");
    if (subject.isBlank()) {
      throw Failure.of(ExitCode.SERVER_ERROR, "The server's JWT names no user", "");
    }
    return subject;
  }
}
