package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key} and the request that it identifies, both as hashes only. */
public record IdempotencyKey(String keyHash, String requestHash) {

  public static final String HEADER = "Idempotency-Key";
  private static final Pattern SHAPE = Pattern.compile("[!-~]{1,255}");

  /**
   * The key of a request.
   *
   * @param request everything that identifies the request
   */
  public static IdempotencyKey of(String key, String request) {
    if (!SHAPE.matcher(key).matches()) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The header Idempotency-Key must have 1 to 255 visible ASCII characters.")
          .toException();
    }
    return new IdempotencyKey(sha256(key), sha256(request));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
