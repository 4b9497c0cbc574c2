package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerAnswer;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.transport.Server;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.token.Jwt;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * The login as commands use it. Promises:
 *
 * <ol>
 *   <li>A request carries a JWT that was fresh when it was sent, and goes to the server that was
 *       logged in to.
 *   <li>However many processes find the JWT stale at once, one of them exchanges the token and the
 *       others use its answer.
 *   <li>A 401 for a JWT that looked fresh leads to one more exchange and one more try, never to a
 *       loop.
 * </ol>
 */
@Singleton
public class Session {
  private final LoginChoice choice;
  private final Server server;
  private final Clock clock;

  Session(LoginChoice choice, Server server, Clock clock) {
    this.choice = choice;
    this.server = server;
    this.clock = clock;
  }

  /** The server that requests would go to, if any. */
  public Optional<ServerUrl> server() {
    return choice.server();
  }

  /**
   * Sends a request as the logged-in user.
   *
   * @return the JSON of a success
   * @throws Failure for anything else
   */
  public JsonNode call(ServerRequest request) {
    return answer(request.raw()).json();
  }

  /** Sends a request as the logged-in user; any status is an answer. */
  public ServerAnswer answer(RawRequest request) {
    return answer(choice.active(), request);
  }

  public ServerAnswer answer(ActiveLogin active, RawRequest request) {
    Login fresh = fresh(active);
    ServerAnswer answer = send(fresh, request);
    return answer.isUnauthorized()
        ? send(active.renew(current -> current.jwt().equals(fresh.jwt())), request)
        : answer;
  }

  /** Where the login in use comes from, in words for a person. */
  public String source() {
    return choice.active().source();
  }

  /** The login in use, with a JWT that is fresh now. */
  public Credential credential() {
    ActiveLogin active = choice.active();
    return Credential.of(active.source(), fresh(active));
  }

  /** As {@link #credential}, with a JWT that was exchanged just now. */
  public Credential renewedCredential() {
    ActiveLogin active = choice.active();
    Jwt old = active.current().jwt();
    return Credential.of(active.source(), active.renew(current -> current.jwt().equals(old)));
  }

  private Login fresh(ActiveLogin active) {
    Login login = active.current();
    return isStale(login) ? active.renew(this::isStale) : login;
  }

  private ServerAnswer send(Login login, RawRequest request) {
    return server.send(login.url(), request, Optional.of(login.jwt().text()));
  }

  private boolean isStale(Login login) {
    return !login.jwt().isFresh(clock.instant());
  }
}
