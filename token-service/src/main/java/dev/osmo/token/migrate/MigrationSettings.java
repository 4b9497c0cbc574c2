package dev.osmo.token.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database and the credentials of a migration, from {@code TOKEN_SERVICE_MIGRATE_*}. */
record MigrationSettings(String url, String username, OwnerPassword password) {

  private static final String PREFIX = "TOKEN_SERVICE_MIGRATE_";
  private static final String URL = PREFIX + "URL";
  private static final String USERNAME = PREFIX + "USERNAME";
  private static final String PASSWORD = PREFIX + "PASSWORD";
  private static final String PASSWORD_FILE = PREFIX + "PASSWORD_FILE";
  private static final String URL_START = "jdbc:postgresql:";

  static MigrationSettings from(Map<String, String> env) throws MigrationRefused {
    return new MigrationSettings(url(env), required(env, USERNAME), password(env));
  }

  /** The URL without its parameters: a parameter may be a password. */
  String printableUrl() {
    return url.replaceFirst("\\?.*", "");
  }

  DataSource dataSource() throws MigrationRefused {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new MigrationRefused(URL + " is not a valid PostgreSQL JDBC URL.");
    }
    source.setUser(username);
    source.setPassword(password.value());
    source.setApplicationName("token-service migrate");
    return source;
  }

  @Override
  public String toString() {
    return "MigrationSettings[" + printableUrl() + " as " + username + "]";
  }

  private static String url(Map<String, String> env) throws MigrationRefused {
    String url = required(env, URL);
    if (!url.startsWith(URL_START)) {
      throw new MigrationRefused(
          URL + " must start with " + URL_START + " as in jdbc:postgresql://localhost/osmo.");
    }
    return url;
  }

  private static OwnerPassword password(Map<String, String> env) throws MigrationRefused {
    String password = env.getOrDefault(PASSWORD, "");
    String file = env.getOrDefault(PASSWORD_FILE, "");
    if (password.isBlank() == file.isBlank()) {
      throw new MigrationRefused("Set either " + PASSWORD + " or " + PASSWORD_FILE + ".");
    }
    return file.isBlank() ? new OwnerPassword(password) : passwordIn(file);
  }

  private static OwnerPassword passwordIn(String file) throws MigrationRefused {
    try {
      return new OwnerPassword(Files.readString(Path.of(file)).replaceFirst("\\R\\z", ""));
    } catch (IOException | InvalidPathException e) {
      throw new MigrationRefused("The file named by " + PASSWORD_FILE + " cannot be read: " + file);
    }
  }

  private static String required(Map<String, String> env, String name) throws MigrationRefused {
    String value = env.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new MigrationRefused(name + " is not set.");
    }
    return value;
  }
}
