package dev.osmo.token.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Writes an access token and its id as plain text. Only the response to a creation contains a
 * token.
 */
@Singleton
class TokenJson implements ObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("osmo-token-format")
            .addSerializer(new StdDelegatingSerializer(PatText.class, new TextOf()))
            .addSerializer(new StdDelegatingSerializer(PatId.class, new IdOf())));
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
}
