package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerAnswer;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

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
  private final LoginFile file;
  private final LoginLock lock;
  private final TokenExchange tokenExchange;
  private final Server server;
  private final Clock clock;

  Session(LoginFile file, LoginLock lock, TokenExchange tokenExchange, Server server, Clock clock) {
    this.file = file;
    this.lock = lock;
    this.tokenExchange = tokenExchange;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Exchanges the token once and, when that works, remembers both.
   *
   * @return the name to greet, empty when the server tells none
   */
  public String login(ServerUrl url, Pat pat) {
    Jwt jwt = tokenExchange.exchange(url, pat);
    return lock.whileHeld(
        () -> {
          file.save(new Login(url, pat, jwt));
          return jwt.name().orElse("");
        });
  }

  /** Forgets the login on this machine; the token itself stays valid. */
  public void logout() {
    if (file.exists()) {
      lock.whileHeld(file::delete);
    }
  }

  /** The server logged in to, if any. */
  public Optional<ServerUrl> server() {
    return file.read().map(Login::url);
  }

  /**
   * Sends a request as the logged-in user.
   *
   * @return the JSON of a success
   * @throws Failure for anything else
   */
  public JsonNode call(ServerRequest request) {
    Login login = file.read().orElseThrow(Session::notLoggedIn);
    Login fresh = login.jwt().isFresh(clock.instant()) ? login : renew(this::isStale);
    ServerAnswer answer = send(fresh, request);
    if (answer.isUnauthorized()) {
      answer = send(renew(current -> current.jwt().equals(fresh.jwt())), request);
    }
    return answer.json();
  }

  private ServerAnswer send(Login login, ServerRequest request) {
    return server.send(login.url(), request, Optional.of(login.jwt().text()));
  }

  private boolean isStale(Login login) {
    return !login.jwt().isFresh(clock.instant());
  }

  /** Under the lock the file is read again: whoever held it before us may have done the work. */
  private Login renew(Predicate<Login> stillNeeded) {
    return lock.whileHeld(
        () -> {
          Login current = file.read().orElseThrow(Session::notLoggedIn);
          if (!stillNeeded.test(current)) {
            return current;
          }
          Login renewed = current.with(tokenExchange.exchange(current.url(), current.pat()));
          file.save(renewed);
          return renewed;
        });
  }

  private static Failure notLoggedIn() {
    return Failure.of(
        ExitCode.NOT_AUTHENTICATED,
        "You are not logged in",
        "Log in first: osmo login <url> --method=token --token-file=<file>");
  }
}
