package dev.osmo.http.web;

/**
 * The base address that clients use, which is also the issuer of JWTs. Each service provides it.
 */
public record PublicAddress(String url) {

  boolean usesTls() {
    return url.startsWith("https:");
  }
}
