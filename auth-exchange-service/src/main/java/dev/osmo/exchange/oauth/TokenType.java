package dev.osmo.exchange.oauth;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The token types of RFC 8693, section 3, that are supported, and our own one for access tokens.
 */
public enum TokenType {
  PAT(TokenType.PAT_URN),
  ACCESS_TOKEN(TokenType.ACCESS_TOKEN_URN),
  JWT(TokenType.JWT_URN),
  ID_TOKEN(TokenType.ID_TOKEN_URN);

  public static final String PAT_URN = "urn:osmo:params:oauth:token-type:pat";
  static final String ACCESS_TOKEN_URN = "urn:ietf:params:oauth:token-type:access_token";
  static final String JWT_URN = "urn:ietf:params:oauth:token-type:jwt";

  static final String ID_TOKEN_URN = "urn:ietf:params:oauth:token-type:id_token";

  private final String urn;

  TokenType(String urn) {
    this.urn = urn;
  }

  public String urn() {
    return urn;
  }

  static Optional<TokenType> of(String urn) {
    return Arrays.stream(values()).filter(type -> type.urn.equals(urn)).findFirst();
  }

  /** The values that a parameter may have. */
  static String urns(Predicate<TokenType> allowed) {
    return Arrays.stream(values())
        .filter(allowed)
        .map(TokenType::urn)
        .collect(Collectors.joining(" or "));
  }

  /** A client may present a PAT under its own type or as an access token. */
  boolean isOfPat() {
    return this == PAT || this == ACCESS_TOKEN;
  }

  boolean mayBeIssued() {
    return this == ACCESS_TOKEN || this == JWT;
  }
}
