package dev.osmo.token.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Writes an access token, its id and instants as plain text. Only the response to a creation
 * contains a token.
 */
@Singleton
class TokenJson implements ObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("osmo-token-format")
            .addSerializer(new StdDelegatingSerializer(PatText.class, new TextOf()))
            .addSerializer(new StdDelegatingSerializer(PatId.class, new IdOf()))
            .addSerializer(new StdDelegatingSerializer(Instant.class, new TimeOf())));
  }

  private static final class TextOf extends StdConverter<PatText, String> {

    @Override
    public String convert(PatText token) {
      return token.text();
    }
  }

  private static final class IdOf extends StdConverter<PatId, String> {

    @Override
    public String convert(PatId id) {
      return id.value();
    }
  }

  private static final class TimeOf extends StdConverter<Instant, String> {

    @Override
    public String convert(Instant time) {
      return OsmoTime.zoned(time);
    }
  }
}
