package dev.osmo.token.pat.rules;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.DurationInput;
import dev.osmo.token.input.TimeInput;
import dev.osmo.token.problem.TokenProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The expiry that a caller requests, or the default. A date means 00:00 UTC of that date. */
public sealed interface RequestedExpiry {

  Duration LONGEST = Duration.ofDays(365);
  int DEFAULT_DAYS = 31;

  record Chosen(Instant at) implements RequestedExpiry {}

  record After(Duration lifetime) implements RequestedExpiry {}

  record Default() implements RequestedExpiry {}

  static RequestedExpiry parse(@Nullable String at, @Nullable String in) {
    if (at != null && in != null) {
      throw invalid("Give expires_at or expires_in, not both.").toException();
    }
    if (in != null) {
      return new After(DurationInput.parse("expires_in", in));
    }
    return at == null ? new Default() : new Chosen(TimeInput.parse("expires_at", at));
  }

  /** The requested expiry, within the policy; empty for the default. */
  default Optional<Instant> chosen(Instant now, TokenPolicy policy) {
    return switch (this) {
      case Default unused -> Optional.empty();
      case Chosen chosen -> Optional.of(allowed(chosen.at(), now, policy));
      case After after ->
          Optional.of(
              allowed(now.plus(after.lifetime()).truncatedTo(ChronoUnit.SECONDS), now, policy));
    };
  }

  /**
   * The expiry to write, or a refusal that names the limit.
   *
   * @param now the database's time
   * @param latest the expiry of the calling token, which a token it creates must not exceed
   */
  default Instant decide(Instant now, Instant latest, TokenPolicy policy) {
    Instant standard =
        earlier(
            earlier(
                today(now).plusDays(DEFAULT_DAYS).atStartOfDay(ZoneOffset.UTC).toInstant(), latest),
            now.plus(policy.maxLifetime()));
    return chosen(now, policy).map(at -> requireNotAfter(at, latest)).orElse(standard);
  }

  static Instant allowed(Instant at, Instant now, TokenPolicy policy) {
    if (at.isAfter(now.plus(policy.maxLifetime()))) {
      throw invalid(
              "Access token expiration date cannot be more than "
                  + policy.maxLifetime().toDays()
                  + "d from now")
          .toException();
    }
    if (!at.isAfter(now)) {
      throw invalid("Expiration date must be past the current date (" + today(now) + ")")
          .toException();
    }
    return at;
  }

  static Instant requireNotAfter(Instant at, Instant latest) {
    if (at.isAfter(latest)) {
      throw new Refusal(
              TokenProblem.EXCEEDS_LOGIN,
              "The calling access token expires at "
                  + latest
                  + ". A token that it creates cannot expire later. Choose an earlier date.")
          .toException();
    }
    return at;
  }

  private static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Refusal invalid(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail);
  }
}
