package dev.osmo.local.folder;

import java.nio.file.Path;
import java.util.Base64;

/**
 * The secrets that a stack makes for itself at its first start and keeps for life, each in a 0600
 * file.
 */
public record Secrets(Path folder) {
  public SecretText superuserPassword() {
    return password("postgres");
  }

  public Path superuserPasswordFile() {
    return passwordFile("postgres");
  }

  /** The password of a login role, for example {@code osmo_token_service}. */
  public SecretText password(String role) {
    return SecretFile.readOrCreate(passwordFile(role), SecretText::random);
  }

  /** One pepper, marked as the one that mints. */
  public Path pepperFile() {
    Path file = folder.resolve("pepper");
    SecretFile.readOrCreate(file, () -> new SecretText("* p1 " + base64Key()));
    return file;
  }

  /** The key under which the exchange keeps its signing keys in the database. */
  public Path keyFile() {
    Path file = folder.resolve("key-encryption-key");
    SecretFile.readOrCreate(file, () -> new SecretText(base64Key()));
    return file;
  }

  private Path passwordFile(String role) {
    return folder.resolve(role + ".password");
  }

  private static String base64Key() {
    return Base64.getEncoder().encodeToString(SecretText.randomBytes());
  }
}
