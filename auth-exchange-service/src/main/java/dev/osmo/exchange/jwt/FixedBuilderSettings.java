package dev.osmo.exchange.jwt;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the settings that SmallRye JWT's builder reads for each signature, before any other
 * source is read.
 *
 * <ol>
 *   <li>No environment variable and no file can add, replace or weaken what {@link JwtSigner}
 *       signs.
 *   <li>A lookup costs a map read instead of a search through every configuration source.
 * </ol>
 *
 * Registered in {@code META-INF/services}.
 */
@Priority(Priorities.LIBRARY + 1000)
public final class FixedBuilderSettings implements ConfigSourceInterceptor {

  private static final long serialVersionUID = 1L;

  private static final Map<String, ConfigValue> FIXED =
      Stream.of(
              "smallrye.jwt.new-token.add-default-claims",
              "smallrye.jwt.new-token.override-matching-claims",
              "smallrye.jwt.sign.relax-key-validation")
          .collect(Collectors.toUnmodifiableMap(Function.identity(), FixedBuilderSettings::off));

  private static ConfigValue off(String name) {
    return ConfigValue.builder()
        .withName(name)
        .withValue("false")
        .withConfigSourceName(FixedBuilderSettings.class.getSimpleName())
        .build();
  }

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue fixed = FIXED.get(name);
    return fixed == null ? context.proceed(name) : fixed;
  }
}
