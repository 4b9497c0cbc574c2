package dev.osmo.token.scim;

import dev.osmo.http.issuer.IdentityProvider;
import dev.osmo.http.issuer.IdentityProviders;
import dev.osmo.http.start.SecretFile;
import dev.osmo.http.start.SettingRules;
import dev.osmo.http.web.BearerCredential;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.settings.ScimSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The directory that may disable users, and its credential. The file has SHA-256 digests of one or
 * two random tokens, so that it is no credential itself, and a token can be replaced without an
 * interruption. Created at startup, so that an invalid file is reported there.
 */
@Startup
@ApplicationScoped
class ScimClient {

  private static final SettingRules RULES = new SettingRules("token-service");
  private static final int MOST = 2;
  private static final String DIGEST = "[0-9a-fA-F]{64}";

  private final Optional<IdentityProvider> provider;
  private final List<byte[]> digests;

  ScimClient(TokenServiceSettings settings, IdentityProviders providers) {
    ScimSettings scim = settings.scim();
    this.digests = scim.credentialFile().map(ScimClient::digests).orElse(List.of());
    this.provider = digests.isEmpty() ? Optional.empty() : Optional.of(provider(scim, providers));
  }

  private static List<byte[]> digests(Path path) {
    SecretFile file = new SecretFile("file of SCIM credentials", path);
    List<String> lines = file.lines();
    if (lines.isEmpty()
        || lines.size() > MOST
        || !lines.stream().allMatch(line -> line.matches(DIGEST))) {
      throw file.refused(
          "must have one or two lines of 64 hexadecimal digits, the SHA-256 of a token");
    }
    return lines.stream().map(HexFormat.of()::parseHex).toList();
  }

  private static IdentityProvider provider(ScimSettings scim, IdentityProviders providers) {
    Optional<IdentityProvider> provider = scim.provider().flatMap(providers::named);
    RULES.require(
        provider.isPresent(),
        "scim.provider",
        scim.provider().orElse("not set"),
        "the name of an identity provider");
    return provider.orElseThrow();
  }

  boolean isConfigured() {
    return provider.isPresent();
  }

  /** Compares with each digest, whichever matches, in a time that depends on none of them. */
  boolean hasCredential(BearerCredential presented) {
    byte[] digest = sha256(presented.text());
    boolean found = false;
    for (byte[] known : digests) {
      found |= MessageDigest.isEqual(known, digest);
    }
    return found;
  }

  /** The issuer whose subjects are the directory's ids of users. */
  String issuer() {
    return provider.orElseThrow().issuer();
  }

  Actor actor(String requestId) {
    return Actor.provider(provider.orElseThrow().name(), requestId);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
