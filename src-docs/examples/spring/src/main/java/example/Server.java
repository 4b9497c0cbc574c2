package example;

import java.security.Principal;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Server {
  public static void main(String[] arguments) {
    SpringApplication.run(Server.class, arguments);
  }

  @GetMapping({"/hello", "/introspected/hello"})
  String hello(Principal caller) {
    return "Hello " + caller.getName();
  }

  // begin jwt
  @Bean
  JwtDecoder jwtDecoder(
      @Value("${osmo.url}") String issuer, @Value("${osmo.audience:osmo}") String audience) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(issuer + "/.well-known/jwks.json")
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .validateType(false)
            .build();
    decoder.setJwtValidator(
        JwtValidators.createDefaultWithValidators(
            new JwtIssuerValidator(issuer),
            new JwtTypeValidator("at+jwt"),
            new JwtClaimValidator<List<String>>(
                "aud", aud -> aud != null && aud.contains(audience))));
    return decoder;
  }

  @Bean
  @Order(2)
  SecurityFilterChain byJwt(HttpSecurity http) throws Exception {
    JwtGrantedAuthoritiesConverter roles = new JwtGrantedAuthoritiesConverter();
    roles.setAuthoritiesClaimName("roles");
    roles.setAuthorityPrefix("ROLE_");
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(roles);
    return http.authorizeHttpRequests(all -> all.anyRequest().hasRole("osmo-user"))
        .oauth2ResourceServer(
            server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(converter)))
        .build();
  }
  // end jwt

  // begin introspection
  @Bean
  OpaqueTokenIntrospector introspector(
      @Value("${osmo.url}") String issuer,
      @Value("${osmo.audience:osmo}") String audience,
      @Value("${osmo.token}") String pat) {
    OpaqueTokenIntrospector osmo =
        SpringOpaqueTokenIntrospector.withIntrospectionUri(issuer + "/oauth2/introspect")
            .clientId("any")
            .clientSecret(pat)
            .build();
    return text -> {
      OAuth2AuthenticatedPrincipal token = osmo.introspect(text);
      // An access token and a JWT for another server are active, too.
      List<String> audiences = token.getAttribute("aud");
      if (!"Bearer".equals(token.getAttribute("token_type"))
          || audiences == null
          || !audiences.contains(audience)) {
        throw new BadOpaqueTokenException("Not a JWT for this server");
      }
      return token;
    };
  }

  @Bean
  @Order(1)
  SecurityFilterChain byIntrospection(HttpSecurity http) throws Exception {
    return http.securityMatcher("/introspected/**")
        .authorizeHttpRequests(all -> all.anyRequest().hasAuthority("SCOPE_osmo-user"))
        .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
        .build();
  }
  // end introspection
}
