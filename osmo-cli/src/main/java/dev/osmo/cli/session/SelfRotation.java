package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.kubernetes.ClusterSecrets;
import dev.osmo.cli.kubernetes.SecretName;
import dev.osmo.cli.kubernetes.SecretState;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.ServerTime;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Rotates the token of the process and writes the new secret to the Kubernetes Secret that the
 * token file comes from. The old secret stays valid for the server's grace period, so that every
 * pod can read the new one. Guarantees:
 *
 * <ol>
 *   <li>A new secret is exchanged only after it is in the Secret. Until then, the old secret can
 *       rotate again, and the server replaces the new one: a lost response, or a process that is
 *       killed, loses nothing.
 *   <li>Of several replicas, one rotates: it writes a claim first, which the resource version of
 *       the Secret protects. A claim expires, so that a killed replica does not keep the others
 *       from rotating.
 *   <li>A secret that somebody else wrote meanwhile is replaced only if the server refuses it.
 *   <li>If the server refuses the new secret after all, the old one rotates again.
 * </ol>
 */
@Singleton
public class SelfRotation {
  /** What an attempt did. */
  public enum Outcome {
    NOT_DUE,
    ROTATED,
    /** Another replica rotates, or the token file does not have the content of the Secret yet. */
    LEFT_TO_OTHERS,
    /** The token cannot be valid for longer: see {@code renewable_until}. */
    NOT_RENEWABLE
  }

  static final String CLAIM = "osmo.dev/rotation-claim";

  /** Longer than all requests of a rotation can take together. */
  private static final Duration CLAIM_LIFE = Duration.ofMinutes(10);

  private static final int ATTEMPTS = 5;

  /** The part of a life that may be left before a rotation. */
  private static final int RENEWED_IN_THE_LAST = 3;

  private final Environment environment;
  private final EnvironmentToken environmentToken;
  private final TokenFiles tokenFiles;
  private final TokenExchange tokenExchange;
  private final ClusterSecrets cluster;
  private final Server server;
  private final Clock clock;
  private final String holder = UUID.randomUUID().toString();

  SelfRotation(
      Environment environment,
      EnvironmentToken environmentToken,
      TokenFiles tokenFiles,
      TokenExchange tokenExchange,
      ClusterSecrets cluster,
      Server server,
      Clock clock) {
    this.environment = environment;
    this.environmentToken = environmentToken;
    this.tokenFiles = tokenFiles;
    this.tokenExchange = tokenExchange;
    this.cluster = cluster;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Rotates the token of {@code OSMO_TOKEN_FILE}, if less than a third of this life is left, or if
   * a rotation was begun and not completed: it may have limited the validity of the secret in use.
   *
   * @param life of the token after the rotation; shorter if it may not be renewed for so long
   * @throws Failure if it failed; it can be tried again
   */
  public Outcome rotateIfDue(SecretName name, Duration life) {
    ServerUrl url = url();
    PatText used = used();
    String jwt = tokenExchange.exchange(url, used).text();
    JsonNode token = sent(url, self().get(), jwt);
    SecretState state = cluster.read(name);
    boolean unfinished = state.annotation(CLAIM).isPresent();
    if (!isDue(token, life) && !unfinished) {
      return Outcome.NOT_DUE;
    }
    Optional<Instant> later = laterExpiry(token, life);
    if (later.isEmpty() && !unfinished) {
      return Outcome.NOT_RENEWABLE;
    }
    return claimed(name, state, used)
        .map(claimed -> rotated(url, used, name, claimed, later))
        .orElse(Outcome.LEFT_TO_OTHERS);
  }

  private ServerUrl url() {
    return environmentToken.requireEncryption(
        environmentToken.url().orElseThrow(SelfRotation::noTokenFile));
  }

  private PatText used() {
    return tokenFiles.read(
        environment.variable("OSMO_TOKEN_FILE").orElseThrow(SelfRotation::noTokenFile));
  }

  private static OsmoApi.Token self() {
    return new OsmoApi.Token(Optional.empty(), "self");
  }

  private JsonNode sent(ServerUrl url, ServerRequest request, String jwt) {
    return server.send(url, request, Optional.of(jwt)).json();
  }

  private boolean isDue(JsonNode token, Duration life) {
    Instant expiry = time(token, "expires_at").orElse(Instant.MAX);
    return !expiry.isAfter(clock.instant().plus(life.dividedBy(RENEWED_IN_THE_LAST)));
  }

  /** Empty if the token cannot be valid for longer than it is. */
  private Optional<Instant> laterExpiry(JsonNode token, Duration life) {
    Instant expiry = time(token, "expires_at").orElse(Instant.MAX);
    Instant limit = time(token, "renewable_until").orElse(expiry);
    Instant wanted = clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS);
    return Optional.of(wanted.isBefore(limit) ? wanted : limit)
        .filter(renewed -> renewed.isAfter(expiry));
  }

  private static Optional<Instant> time(JsonNode token, String field) {
    return Optional.of(token.path(field))
        .filter(JsonNode::isTextual)
        .flatMap(text -> ServerTime.parse(text.textValue()));
  }

  /** The Secret with the claim of this process; empty if another one rotates. */
  private Optional<SecretState> claimed(SecretName name, SecretState state, PatText used) {
    if (!state.value().equals(used.text()) || isClaimedByAnother(state)) {
      return Optional.empty();
    }
    return switch (cluster.replace(name, state.withAnnotation(CLAIM, claim()))) {
      case CONFLICT -> Optional.empty();
      case WRITTEN, UNKNOWN -> Optional.of(cluster.read(name)).filter(this::isOwn);
    };
  }

  private String claim() {
    return holder + " " + clock.instant();
  }

  private boolean isOwn(SecretState state) {
    return state.annotation(CLAIM).filter(text -> text.startsWith(holder + " ")).isPresent();
  }

  private boolean isClaimedByAnother(SecretState state) {
    return !isOwn(state)
        && state
            .annotation(CLAIM)
            .flatMap(SelfRotation::since)
            .filter(since -> clock.instant().isBefore(since.plus(CLAIM_LIFE)))
            .isPresent();
  }

  private static Optional<Instant> since(String claim) {
    try {
      return Optional.of(Instant.parse(claim.substring(claim.indexOf(' ') + 1)));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private Outcome rotated(
      ServerUrl url, PatText used, SecretName name, SecretState claimed, Optional<Instant> later) {
    SecretState state = claimed;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      PatText newer = newSecret(url, used, later);
      if (!written(url, name, state, used, newer)) {
        return Outcome.LEFT_TO_OTHERS;
      }
      if (isAccepted(url, newer)) {
        return Outcome.ROTATED;
      }
      state = cluster.read(name);
      if (!state.value().equals(newer.text())) {
        return Outcome.LEFT_TO_OTHERS;
      }
    }
    throw tooOften();
  }

  /** With a JWT of the secret that is known to work. */
  private PatText newSecret(ServerUrl url, PatText used, Optional<Instant> later) {
    String jwt = tokenExchange.exchange(url, used).text();
    ServerRequest request = self().rotate().with("expires_at", later.map(Instant::toString));
    return PatText.parse(sent(url, request, jwt).path("token").asText(""))
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.SERVER_ERROR,
                    "The server's response to the rotation contains no token",
                    ""));
  }

  /** False if another process has written a secret that works, which must stay. */
  private boolean written(
      ServerUrl url, SecretName name, SecretState state, PatText used, PatText newer) {
    SecretState last = state;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      SecretState changed = last.withValue(newer.text()).withoutAnnotation(CLAIM);
      if (cluster.replace(name, changed) == ClusterSecrets.Change.WRITTEN) {
        return true;
      }
      last = cluster.read(name);
      if (last.value().equals(newer.text())) {
        return true;
      }
      if (!last.value().equals(used.text()) && !last.value().equals(state.value())) {
        Optional<PatText> other = PatText.parse(last.value());
        if (other.filter(pat -> isAccepted(url, pat)).isPresent()) {
          return false;
        }
      }
    }
    throw tooOften();
  }

  private boolean isAccepted(ServerUrl url, PatText pat) {
    try {
      Jwt unused = tokenExchange.exchange(url, pat);
      return true;
    } catch (Failure failure) {
      if (failure.isTokenUnusable() || failure.exitCode() == ExitCode.NOT_AUTHENTICATED) {
        return false;
      }
      throw failure;
    }
  }

  private static Failure tooOften() {
    return Failure.of(
        ExitCode.TRY_LATER, "The Secret was changed " + ATTEMPTS + " times meanwhile", "");
  }

  private static Failure noTokenFile() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "--self-rotate needs OSMO_URL and OSMO_TOKEN_FILE",
        "Mount the Secret as a volume, and name the file with the token.");
  }
}
