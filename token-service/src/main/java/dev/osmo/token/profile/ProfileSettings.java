package dev.osmo.token.profile;

import org.jspecify.annotations.Nullable;

/** The settings a user chose. Null: unchanged in a request, not set in a response. */
record ProfileSettings(
    @Nullable String pool,
    @Nullable Boolean emailNotification,
    @Nullable Boolean slackNotification) {

  static final ProfileSettings NONE = new ProfileSettings(null, null, null);
}
