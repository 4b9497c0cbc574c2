package dev.osmo.token.profile;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings a user chose. Null: unchanged in a request, not set in a response. */
record ProfileSettings(
    @Nullable String pool,
    @Nullable Boolean emailNotification,
    @Nullable Boolean slackNotification) {

  static final ProfileSettings NONE = new ProfileSettings(null, null, null);
  private static final Pattern POOL =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9])?");

  ProfileSettings {
    if (pool != null && !POOL.matcher(pool).matches()) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The body's field pool must name a pool: up to 64 letters, digits, dots, dashes and underscores.")
          .toException();
    }
  }
}
