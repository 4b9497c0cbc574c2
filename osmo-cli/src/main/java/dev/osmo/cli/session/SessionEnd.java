package dev.osmo.cli.session;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Ends the session of a context at the server. Nobody else has its refresh token, so that a context
 * that is deleted without it leaves a session behind. Contexts with an access token are not
 * affected: other machines may use the same token.
 */
@Singleton
class SessionEnd {
  private final Server server;
  private final Terminal terminal;

  SessionEnd(Server server, Terminal terminal) {
    this.server = server;
    this.terminal = terminal;
  }

  /**
   * Ends the session.
   *
   * @throws Failure if the server does not confirm it
   */
  void end(Context context, Grant.SignedIn session) {
    ServerResponse response =
        server.send(
            context.url(),
            OsmoApi.revoke(session.by().clientId(), session.refreshToken().read().text()),
            Optional.empty());
    if (!response.isOk()) {
      throw response.problem().asFailure();
    }
  }

  /** As {@link #end}, for a context that is deleted in any case: prints a warning on failure. */
  void tryToEnd(Context context) {
    if (context.grant() instanceof Grant.SignedIn session) {
      try {
        end(context, session);
      } catch (Failure failure) {
        terminal.message(
            "Warning: The session at %s continues until it expires: %s."
                .formatted(context.url(), failure.what()));
      }
    }
  }
}
