package dev.osmo.postgres;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.common.utils.StringUtil;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.annotation.Priority;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an address of the database that cannot be parsed, when the setting is read. Otherwise the
 * runtime ends with a stack trace, whose message contains the address and a password in it. The
 * runtime builds the pool before any bean of ours, so no observer of the start could check this.
 */
@Priority(Priorities.APPLICATION + 100)
public final class DatabaseUrlCheck implements ConfigSourceInterceptor {

  private static final long serialVersionUID = 1L;

  private static final String SETTING = "quarkus.datasource.reactive.url";
  private static final Pattern OPTIONAL_PREFIX = Pattern.compile("^vertx-reactive:(?=postgre)");

  /** Called by the configuration of the runtime. */
  public DatabaseUrlCheck() {}

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue value = context.proceed(name);
    if (name.startsWith(SETTING) && value != null && isSet(value.getValue())) {
      requireAddresses(value.getValue());
    }
    return value;
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /** As the runtime splits and parses them. */
  private static void requireAddresses(String value) {
    try {
      for (String address : StringUtil.split(value)) {
        PgConnectOptions.fromUri(OPTIONAL_PREFIX.matcher(address).replaceFirst(""));
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          SETTING
              + " must be an address such as postgresql://db.example.com:5432/osmo, or several"
              + " separated by commas.");
    }
  }
}
