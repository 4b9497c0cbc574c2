package dev.osmo.local.folder;

import java.nio.file.Path;
import java.util.Base64;

/** The secrets of a stack, each in a file of its own. They are generated once. */
public record Secrets(Path folder) {
  public SecretText superuserPassword() {
    return password("postgres");
  }

  public Path superuserPasswordFile() {
    return passwordFile("postgres");
  }

  /** The password of a login role, for example {@code osmo_token_service}. */
  public SecretText password(String role) {
    return PrivateFile.readOrCreate(passwordFile(role), SecretText::random);
  }

  /** A pepper file with one pepper, in the format of {@code dev.osmo.pat.Peppers}. */
  public Path pepperFile() {
    Path file = folder.resolve("pepper");
    PrivateFile.readOrCreate(file, () -> new SecretText("* p1 " + base64Key()));
    return file;
  }

  /** The key with which the exchange encrypts its signing keys in the database. */
  public Path keyFile() {
    Path file = folder.resolve("key-encryption-key");
    PrivateFile.readOrCreate(file, () -> new SecretText(base64Key()));
    return file;
  }

  private Path passwordFile(String role) {
    return folder.resolve(role + ".password");
  }

  private static String base64Key() {
    return Base64.getEncoder().encodeToString(SecretText.randomBytes());
  }
}
