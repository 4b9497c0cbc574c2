package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.server.ServerUrl;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Sends requests with the JWT of the context in use. Guarantees:
 *
 * <ol>
 *   <li>A request has a JWT that was valid when it was sent, and goes to the server of the context.
 *   <li>If several processes need a new JWT at the same time, one of them exchanges the token and
 *       the others use its JWT.
 *   <li>After a 401, the token is exchanged once and the request is sent once more.
 * </ol>
 */
@Singleton
public class Session {
  private final ContextSelection selection;
  private final Server server;
  private final Clock clock;

  Session(ContextSelection selection, Server server, Clock clock) {
    this.selection = selection;
    this.server = server;
    this.clock = clock;
  }

  /** The server that requests go to; empty if there is none. */
  public Optional<ServerUrl> server() {
    return selection.server();
  }

  /**
   * The server that requests go to.
   *
   * @throws Failure if there is none, with the command to log in
   */
  public ServerUrl requireServer() {
    return server().orElseGet(() -> credential().server());
  }

  /**
   * Sends a request.
   *
   * @return the JSON of a successful response
   * @throws Failure for any other response
   */
  public JsonNode call(ServerRequest request) {
    return response(request.raw()).json();
  }

  /** Sends a request and returns the response, whatever its status. */
  public ServerResponse response(RawRequest request) {
    return response(selection.active(), request);
  }

  public ServerResponse response(ActiveContext active, RawRequest request) {
    Context fresh = fresh(active);
    if (OsmoApi.isOfOwnToken(request)) {
      requireToken(fresh);
    }
    ServerResponse response = send(fresh, request);
    return response.isUnauthorized()
        ? send(active.renew(current -> current.jwt().equals(fresh.jwt())), request)
        : response;
  }

  /** The server only answers that no such token exists. */
  private static void requireToken(Context context) {
    context
        .grant()
        .signIn()
        .ifPresent(
            signIn -> {
              throw Failure.of(
                  ExitCode.NOT_FOUND,
                  "You are signed in with " + signIn.provider() + ", not with an access token",
                  "Name the token: osmo token list");
            });
  }

  /** The origin of the context in use, for users. */
  public String source() {
    return selection.active().source();
  }

  /** The context in use, with a valid JWT. */
  public Credential credential() {
    ActiveContext active = selection.active();
    return Credential.of(active.source(), fresh(active));
  }

  /**
   * The context in use, with a new JWT as requested. It is not saved: a command that is not
   * downscoped must not use it.
   */
  public Credential credential(Downscope wanted) {
    ActiveContext active = selection.active();
    return Credential.of(
        active.source(), wanted.isRequested() ? active.downscoped(wanted) : fresh(active));
  }

  /** As {@link #credential}, with a new JWT. */
  public Credential renewedCredential() {
    return renewedCredential(new Downscope());
  }

  /** As {@link #credential(Downscope)}, with a new JWT. */
  public Credential renewedCredential(Downscope wanted) {
    ActiveContext active = selection.active();
    if (wanted.isRequested()) {
      return Credential.of(active.source(), active.downscoped(wanted));
    }
    Jwt old = active.current().jwt();
    return Credential.of(active.source(), active.renew(current -> current.jwt().equals(old)));
  }

  private Context fresh(ActiveContext active) {
    Context context = active.current();
    return isStale(context) ? active.renew(this::isStale) : context;
  }

  private ServerResponse send(Context context, RawRequest request) {
    return server.send(context.url(), request, Optional.of(context.jwt().text()));
  }

  private boolean isStale(Context context) {
    return !context.jwt().isFresh(clock.instant());
  }
}
