package dev.osmo.exchange.signin;

import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.outgoing.Answer;
import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.exchange.outgoing.Answer.None;
import dev.osmo.exchange.outgoing.OutgoingHttp;
import dev.osmo.exchange.outgoing.OutgoingRequest;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.signin.SessionAnswer.Ended;
import dev.osmo.exchange.signin.SessionAnswer.InvalidIdToken;
import dev.osmo.exchange.signin.SessionAnswer.Kept;
import dev.osmo.exchange.signin.SessionAnswer.RefusedPerson;
import dev.osmo.exchange.signin.SessionAnswer.TooMany;
import dev.osmo.exchange.signin.SessionAnswer.Unavailable;
import dev.osmo.http.request.RequestId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The address of token-service that keeps sessions. It is not public: the gateway does not route
 * it. The request names the address and the id of the request that caused it.
 */
@ApplicationScoped
class SessionService {

  private static final Logger LOG = Logger.getLogger(SessionService.class);

  private static final String PATH = "/api/auth/session";
  private static final String PROBLEM = "urn:osmo:problem:";
  private static final int LONGEST_DETAIL = 500;
  private static final int SHORTEST_WAIT = 1;

  private final OutgoingHttp http;
  private final Optional<URI> address;

  SessionService(OutgoingHttp http, AuthExchangeConfig config) {
    this.http = http;
    this.address =
        config.tokenServiceUrl().map(base -> URI.create(base.replaceAll("/$", "") + PATH));
  }

  /** Creates a session, or renews the one that the request names. */
  Uni<SessionAnswer> keep(SessionRequest request, Caller caller) {
    OutgoingRequest post =
        OutgoingRequest.json(address.orElseThrow(), request.json())
            .with("X-Forwarded-For", caller.address().forwarded())
            .with(RequestId.HEADER, caller.requestId().value());
    return http.sendToTokenService(post)
        .map(SessionService::answer)
        .invoke(answer -> passOn(answer, caller));
  }

  private static void passOn(SessionAnswer answer, Caller caller) {
    if (answer instanceof TooMany limited) {
      caller.retryAfter(limited.retryAfterSeconds());
    }
  }

  private static SessionAnswer answer(Answer answer) {
    return switch (answer) {
      case None none -> unavailable(none.reason());
      case Json json when json.status() == 200 ->
          json.text("session_id")
              .<SessionAnswer>map(id -> new Kept(UUID.fromString(id)))
              .orElseGet(() -> unavailable("no session"));
      case Json json -> refusal(json);
    };
  }

  private static SessionAnswer refusal(Json json) {
    String problem = json.text("type").orElse("").replace(PROBLEM, "");
    return switch (problem) {
      case "id-token-invalid" -> new InvalidIdToken();
      case "sign-in-refused" -> new RefusedPerson(detail(json));
      case "session-ended" -> new Ended();
      case "too-many-requests" -> new TooMany(json.retryAfter().orElse(SHORTEST_WAIT));
      default -> unavailable("status %d".formatted(json.status()));
    };
  }

  /** It may contain claims of the provider, so control characters do not pass. */
  private static String detail(Json json) {
    String detail =
        json.text("detail").orElse("The sign-in is refused").replaceAll("\\p{Cntrl}", " ");
    return detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL));
  }

  private static SessionAnswer unavailable(String reason) {
    LOG.warnf("token-service did not keep a session: %s", reason);
    return new Unavailable();
  }
}
