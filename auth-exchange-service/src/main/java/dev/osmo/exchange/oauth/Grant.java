package dev.osmo.exchange.oauth;

import io.smallrye.mutiny.Uni;

/** One grant type of the token endpoint (RFC 6749, section 4). */
interface Grant {

  /** The value of {@code grant_type}. */
  String type();

  /** The tokens, or the failure that refuses the request. */
  Uni<TokenAnswer> grant(OAuthForm form);
}
