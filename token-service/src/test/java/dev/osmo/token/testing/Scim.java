package dev.osmo.token.testing;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SCIM client of the tests: a directory with two valid tokens, as during a rotation. */
public final class Scim {

  public static final String TOKEN = "the-token-of-the-directory-0123456789";
  public static final String NEXT_TOKEN = "the-next-token-of-the-directory-98765";
  public static final String MEDIA_TYPE = "application/scim+json";

  private Scim() {}

  public static RequestSpecification client() {
    return client(TOKEN);
  }

  public static RequestSpecification client(String token) {
    return given()
        .config(
            io.restassured.RestAssured.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(MEDIA_TYPE, io.restassured.http.ContentType.TEXT)))
        .contentType(MEDIA_TYPE)
        .header("Authorization", "Bearer " + token);
  }

  static Path credentialFile() {
    try {
      Path file = Files.createTempFile("scim-credentials", ".txt");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file, "# two tokens\n" + sha256(TOKEN) + "\n" + sha256(NEXT_TOKEN) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
