package dev.osmo.exchange.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.exchange.outgoing.Answer.None;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.authority.AuthorityFile;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends requests to other systems.
 *
 * <ol>
 *   <li>Every request has an answer within the deadline. None fails: what is no JSON object is
 *       {@link None}. Nothing else limits how long a response takes. An idle timeout of connections
 *       would count from the response before, and close a connection that was just used again.
 *   <li>No redirect is followed: it could lead credentials to another system.
 *   <li>A response is at most 64 KiB long, and a longer one is not read to its end.
 *   <li>Each system has a bounded number of connections, and a bounded number of requests waits for
 *       them.
 *   <li>The certificate must be valid for the host, by the authorities of the JVM. For
 *       token-service, it is by those of the setting alone, if there are any.
 * </ol>
 */
@ApplicationScoped
public class OutgoingHttp {

  private static final int LARGEST = 64 * 1024;
  private static final int CONNECTIONS = 8;
  private static final int WAITING = 64;
  private static final int LONGEST_WAIT = 3600;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final HttpClient client;
  private final HttpClient tokenService;
  private final ObjectMapper json;
  private final Duration deadline;

  @Inject
  OutgoingHttp(Vertx vertx, ObjectMapper json, AuthExchangeConfig config) {
    this(vertx, json, config.signIn().deadline(), KEPT_IDLE, config.tokenServiceCaFile());
  }

  /**
   * @param keptIdle how long a connection is kept between two requests
   */
  OutgoingHttp(
      Vertx vertx,
      ObjectMapper json,
      Duration deadline,
      Duration keptIdle,
      Optional<Path> tokenServiceAuthority) {
    this.vertx = vertx;
    this.json = json;
    this.deadline = deadline;
    this.client = vertx.createHttpClient(options(keptIdle));
    this.tokenService =
        tokenServiceAuthority
            .map(OutgoingHttp::trusting)
            .map(trust -> vertx.createHttpClient(options(keptIdle).setTrustOptions(trust)))
            .orElse(client);
  }

  private HttpClientOptions options(Duration keptIdle) {
    return new HttpClientOptions()
        .setMaxPoolSize(CONNECTIONS)
        .setMaxWaitQueueSize(WAITING)
        .setKeepAliveTimeout(Math.toIntExact(keptIdle.toSeconds()))
        .setConnectTimeout(Math.toIntExact(deadline.toMillis()));
  }

  private static TrustOptions trusting(Path authorities) {
    return TrustOptions.wrap(new AuthorityFile(authorities).trustManager());
  }

  /** The answer of an identity provider, on the caller's context. */
  public Uni<Answer> send(OutgoingRequest request) {
    return send(client, request);
  }

  /** The answer of token-service, on the caller's context. */
  public Uni<Answer> sendToTokenService(OutgoingRequest request) {
    return send(tokenService, request);
  }

  private Uni<Answer> send(HttpClient by, OutgoingRequest request) {
    return Uni.createFrom()
        .completionStage(() -> exchange(by, request).toCompletionStage())
        .ifNoItem()
        .after(deadline)
        .recoverWithItem(new None("no response in time"))
        .onFailure()
        .recoverWithItem(failure -> new None(reasonOf(failure)))
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private Future<Answer> exchange(HttpClient by, OutgoingRequest request) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setAbsoluteURI(request.address().toString())
            .setFollowRedirects(false)
            .setTimeout(deadline.toMillis())
            .putHeader("Accept", "application/json");
    request.headers().forEach(options::putHeader);
    return by.request(options).compose(sent -> exchange(sent, request.body()));
  }

  /** Ends the request at the deadline, also if the response arrives byte by byte. */
  private Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    long timer = vertx.setTimer(deadline.toMillis(), unused -> request.reset());
    return request
        .send(body)
        .compose(response -> read(request, response))
        .onComplete(unused -> vertx.cancelTimer(timer));
  }

  private Future<Answer> read(HttpClientRequest request, HttpClientResponse response) {
    Promise<Answer> answer = Promise.promise();
    Buffer read = Buffer.buffer();
    response.exceptionHandler(answer::tryFail);
    response.endHandler(unused -> answer.tryComplete(parsed(response, read)));
    response.handler(
        part -> {
          if (read.length() + part.length() > LARGEST) {
            answer.tryFail(new IOException("the response is too large"));
            request.reset();
          } else {
            read.appendBuffer(part);
          }
        });
    return answer.future();
  }

  private Answer parsed(HttpClientResponse response, Buffer body) {
    int status = response.statusCode();
    try {
      JsonNode node = json.readTree(body.getBytes());
      return node != null && node.isObject()
          ? new Json(status, node, retryAfter(response))
          : new None("status %d without a JSON object".formatted(status));
    } catch (JsonProcessingException malformed) {
      return new None("status %d without JSON".formatted(status));
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /** Up to an hour in seconds; dates are not read. */
  private static Optional<Integer> retryAfter(HttpClientResponse response) {
    return Optional.ofNullable(response.getHeader("Retry-After"))
        .filter(seconds -> seconds.matches("[0-9]{1,4}"))
        .map(Integer::valueOf)
        .filter(seconds -> seconds >= 1 && seconds <= LONGEST_WAIT);
  }

  /** The message of a failure names hosts and ports, and nothing that was sent. */
  private static String reasonOf(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  void stop(@Observes ShutdownEvent event) {
    client.close();
    tokenService.close();
  }
}
