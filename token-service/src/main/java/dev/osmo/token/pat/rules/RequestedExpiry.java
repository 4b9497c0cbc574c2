package dev.osmo.token.pat.rules;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.WrittenDuration;
import dev.osmo.token.input.WrittenTime;
import dev.osmo.token.problem.TokenProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a token shall die: chosen by the caller, or left to us. A date means 00:00 UTC of that date.
 */
public sealed interface RequestedExpiry {

  Duration LONGEST = Duration.ofDays(365);
  int DEFAULT_DAYS = 31;

  record Chosen(Instant at) implements RequestedExpiry {}

  record After(Duration life) implements RequestedExpiry {}

  record LeftToUs() implements RequestedExpiry {}

  static RequestedExpiry parse(@Nullable String at, @Nullable String in) {
    if (at != null && in != null) {
      throw invalid("Give expires_at or expires_in, not both.").toException();
    }
    if (in != null) {
      return new After(WrittenDuration.parse("expires_in", in));
    }
    return at == null ? new LeftToUs() : new Chosen(WrittenTime.parse("expires_at", at));
  }

  /** The end that the caller chose, within the policy; empty when it is left to us. */
  default Optional<Instant> chosen(Instant now, TokenPolicy policy) {
    return switch (this) {
      case LeftToUs unused -> Optional.empty();
      case Chosen chosen -> Optional.of(allowed(chosen.at(), now, policy));
      case After after ->
          Optional.of(allowed(now.plus(after.life()).truncatedTo(ChronoUnit.SECONDS), now, policy));
    };
  }

  /**
   * The end that is written, or a refusal that names the limit.
   *
   * @param now the database's time
   * @param latest the end of the token behind the caller's login, which its children do not outlive
   */
  default Instant decide(Instant now, Instant latest, TokenPolicy policy) {
    Instant left =
        earlier(
            earlier(
                today(now).plusDays(DEFAULT_DAYS).atStartOfDay(ZoneOffset.UTC).toInstant(), latest),
            now.plus(policy.maxLifetime()));
    return chosen(now, policy).map(at -> requireNotAfter(at, latest)).orElse(left);
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
              "The token behind this login expires at "
                  + latest
                  + "; what it creates cannot expire later. Choose an earlier date.")
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
