package dev.osmo.exchange.oauth;

/** A successful response of the token endpoint. */
sealed interface TokenAnswer permits TokenView, SignInView {}
