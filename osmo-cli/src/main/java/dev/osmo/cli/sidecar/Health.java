package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.RequestHead;
import dev.osmo.cli.renewal.RenewedJwt;
import dev.osmo.cli.renewal.RenewedJwts;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Probes and metrics, without anything secret: the kubelet and Prometheus connect from elsewhere.
 * The process is live as long as it answers, because a restart does not make a server reachable.
 */
final class Health {
  private final RenewedJwts jwts;
  private final Hooks hooks;
  private final TokenRenewal tokenRenewal;
  private final StatusCounts apiResponses;
  private final StatusCounts proxyResponses;

  Health(
      RenewedJwts jwts,
      Hooks hooks,
      TokenRenewal tokenRenewal,
      StatusCounts apiResponses,
      StatusCounts proxyResponses) {
    this.jwts = jwts;
    this.hooks = hooks;
    this.tokenRenewal = tokenRenewal;
    this.apiResponses = apiResponses;
    this.proxyResponses = proxyResponses;
  }

  Answer answer(RequestHead request) {
    if (!List.of("GET", "HEAD").contains(request.method())) {
      return Answer.problem(405, "method-not-allowed", "The method is GET").with("Allow", "GET");
    }
    return switch (request.path()) {
      case "/startup" -> probe(jwts.hasStarted(), "started", "no JWT yet");
      case "/liveness" -> probe(true, "live", "");
      case "/readiness" -> probe(jwts.isReady(), "ready", "no valid JWT, or the token is refused");
      case "/metrics" -> Answer.metrics(metrics());
      default ->
          Answer.problem(
              404, "not-found", "There are /startup, /liveness, /readiness and /metrics");
    };
  }

  private static Answer probe(boolean good, String yes, String no) {
    return Answer.text(good ? 200 : 503, (good ? yes : no) + "\n");
  }

  private String metrics() {
    StringBuilder text = new StringBuilder(1024);
    gauge(text, "osmo_sidecar_ready", "1 if each JWT is valid and can be renewed.");
    text.append("osmo_sidecar_ready %d\n".formatted(jwts.isReady() ? 1 : 0));
    counter(text, "osmo_sidecar_renewals_total", "Exchanges that gave a new JWT.");
    each(text, "osmo_sidecar_renewals_total", RenewedJwt::renewals);
    counter(text, "osmo_sidecar_renewal_failures_total", "Exchanges and writes that failed.");
    each(text, "osmo_sidecar_renewal_failures_total", RenewedJwt::failures);
    gauge(text, "osmo_sidecar_jwt_expires_seconds", "When the JWT expires; 0 without one.");
    each(
        text,
        "osmo_sidecar_jwt_expires_seconds",
        jwt -> jwt.expiresAt().map(Instant::getEpochSecond).orElse(0L));
    counter(text, "osmo_sidecar_hook_failures_total", "Programs and signals that failed.");
    text.append("osmo_sidecar_hook_failures_total %d\n".formatted(hooks.failures()));
    counter(text, "osmo_sidecar_token_rotations_total", "Rotations of the token by --self-rotate.");
    text.append("osmo_sidecar_token_rotations_total %d\n".formatted(tokenRenewal.rotations()));
    counter(text, "osmo_sidecar_token_rotation_failures_total", "Failed attempts.");
    text.append(
        "osmo_sidecar_token_rotation_failures_total %d\n".formatted(tokenRenewal.failures()));
    counter(text, "osmo_sidecar_api_responses_total", "Responses of the local API.");
    apiResponses.into(text, "osmo_sidecar_api_responses_total");
    counter(text, "osmo_sidecar_proxy_responses_total", "Responses of the proxy.");
    proxyResponses.into(text, "osmo_sidecar_proxy_responses_total");
    return text.toString();
  }

  /** Of the JWTs that are always kept: their number does not depend on requests. */
  private void each(StringBuilder text, String name, ToLongFunction<RenewedJwt> value) {
    for (RenewedJwt jwt : jwts.kept()) {
      String label = jwt.name().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "");
      text.append("%s{jwt=\"%s\"} %d\n".formatted(name, label, value.applyAsLong(jwt)));
    }
  }

  private static void counter(StringBuilder text, String name, String help) {
    text.append("# HELP %s %s\n# TYPE %s counter\n".formatted(name, help, name));
  }

  private static void gauge(StringBuilder text, String name, String help) {
    text.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, help, name));
  }
}
