package dev.osmo.cli.authproxy;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.BadMessage;
import dev.osmo.cli.listen.Framing;
import dev.osmo.cli.listen.Incoming;
import dev.osmo.cli.listen.Listener;
import dev.osmo.cli.listen.LocalRequest;
import dev.osmo.cli.listen.RequestHead;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.renewal.NoJwt;
import dev.osmo.cli.renewal.RenewedJwt;
import dev.osmo.cli.server.Upstream;
import dev.osmo.cli.server.UpstreamConnection;
import dev.osmo.cli.session.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Passes requests to one server, with a JWT. Guarantees:
 *
 * <ol>
 *   <li>The JWT is sent to that server only. A redirect is passed to the client, not followed.
 *   <li>The client's own {@code Authorization} is never passed on.
 *   <li>A request that two servers could read differently is refused, see {@link RequestHead}.
 *       Bodies are framed anew.
 *   <li>A request is sent a second time only if it is idempotent and has no body: once after a 401,
 *       with another JWT, and once if the server has closed an idle connection.
 *   <li>Bodies are passed on as they arrive, in both directions, without being stored.
 * </ol>
 */
public final class AuthenticatingProxy implements Listener.Service {
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration BODY_PART = Duration.ofMinutes(1);
  private static final int UNAUTHORIZED = 401;

  private final Upstream upstream;
  private final RenewedJwt jwt;
  private final IntConsumer statuses;

  /**
   * A proxy for one server.
   *
   * @param statuses receives the status of each response
   */
  public AuthenticatingProxy(Upstream upstream, RenewedJwt jwt, IntConsumer statuses) {
    this.upstream = upstream;
    this.jwt = jwt;
    this.statuses = statuses;
  }

  @Override
  public void serve(Incoming client) throws IOException {
    try (ServerSide server = new ServerSide(upstream)) {
      boolean persistent = true;
      while (persistent) {
        client.limit(IDLE);
        Optional<RequestHead> request = RequestHead.read(client.in());
        if (request.isEmpty()) {
          return;
        }
        client.unlimited();
        persistent = pass(request.get(), client, server);
      }
    } catch (BadMessage bad) {
      answer(client, Answer.problem(bad.status(), "bad-request", bad.why()));
    }
  }

  /** Returns whether the connection may be used for another request. */
  private boolean pass(RequestHead request, Incoming client, ServerSide server) throws IOException {
    Optional<Answer> refusal =
        LocalRequest.refusal(request.head()).or(() -> ForwardedRequest.refusal(request));
    if (refusal.isPresent()) {
      return answer(client, refusal.get());
    }
    ForwardedRequest forwarded = ForwardedRequest.of(request);
    try {
      Credential credential = jwt.valid(Duration.ZERO);
      ServerResponse response = sent(forwarded, credential, client, server);
      if (response.status() == UNAUTHORIZED && forwarded.isRepeatable()) {
        Optional<Credential> other = jwt.insteadOf(credential.jwt());
        if (other.isPresent()) {
          server.drop();
          response = sent(forwarded, other.get(), client, server);
        }
      }
      statuses.accept(response.status());
      return response.isSwitched()
          ? tunnelled(response, client, server)
          : passed(request, response, client, server);
    } catch (Failure noJwt) {
      return answer(client, NoJwt.answer(noJwt));
    } catch (ServerSide.Unreachable unreachable) {
      return answer(client, Answer.problem(502, "upstream-unreachable", unreachable.why()));
    }
  }

  private static ServerResponse sent(
      ForwardedRequest request, Credential credential, Incoming client, ServerSide server)
      throws IOException {
    return server.response(
        request,
        credential.jwt().text(),
        out -> {
          if (request.expectsContinue()) {
            client.out().write(Answer.CONTINUE.getBytes(StandardCharsets.US_ASCII));
          }
          client.limit(BODY_PART);
          request.body().copy(client.in(), out, () -> client.limit(BODY_PART));
          client.unlimited();
          client.watch(server::clientIsGone);
        });
  }

  /** If the client goes away, the connection to the server ends, and with it its work. */
  private static boolean passed(
      RequestHead request, ServerResponse response, Incoming client, ServerSide server)
      throws IOException {
    boolean persistent = request.isPersistent() && !(response.body() instanceof Framing.UntilClose);
    UpstreamConnection connection = server.connection();
    client.out().write(response.headFor(persistent).bytes());
    response.body().copy(connection.in(), client.out(), () -> {});
    server.release(response.isPersistent());
    if (persistent) {
      client.limit(IDLE);
      client.awaitMore();
    }
    return persistent;
  }

  private static boolean tunnelled(ServerResponse response, Incoming client, ServerSide server)
      throws IOException {
    UpstreamConnection connection = server.connection();
    client.out().write(response.switchingHead().bytes());
    Thread.ofVirtual()
        .start(
            () -> {
              try (connection) {
                client.awaitMore();
                new Framing.UntilClose().copy(client.in(), connection.out(), () -> {});
              } catch (IOException ended) {
                // The other direction ends too, because the connection is closed.
              }
            });
    try {
      new Framing.UntilClose().copy(connection.in(), client.out(), () -> {});
    } finally {
      connection.close();
    }
    return false;
  }

  /** Closes the connection, because the body of the request was not read. */
  private boolean answer(Incoming client, Answer answer) throws IOException {
    statuses.accept(answer.status());
    client.limit(BODY_PART);
    client.out().write(answer.bytes(false, true));
    return false;
  }
}
