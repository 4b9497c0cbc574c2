package dev.osmo.exchange.pat.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key of the lookup digest. Lives outside the database. */
public record Pepper(String id, SecretKeySpec key) {

  private static final String HMAC = "HmacSHA256";

  public static Pepper of(String id, byte[] key) {
    return new Pepper(id, new SecretKeySpec(key, HMAC));
  }

  Lookup lookupOf(PresentedPat pat) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Lookup.of(mac.doFinal(pat.ascii()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "pepper " + id;
  }
}
