package dev.osmo.sample;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/**
 * SmallRye JWT's parser, which fails with a {@link RuntimeException} on some malformed JWTs, for
 * example on the header {@code null}. Here they are invalid like any other.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class JwtParsing extends JWTCallerPrincipalFactory {
  private final JWTCallerPrincipalFactory parser = new DefaultJWTCallerPrincipalFactory();

  @Override
  public JWTCallerPrincipal parse(String jwt, JWTAuthContextInfo expected) throws ParseException {
    try {
      return parser.parse(jwt, expected);
    } catch (RuntimeException e) {
      throw new ParseException("The JWT is malformed", e);
    }
  }
}
