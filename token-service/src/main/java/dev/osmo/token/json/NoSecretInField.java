package dev.osmo.token.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.osmo.http.problem.Refusal;
import dev.osmo.pat.TokenText;
import dev.osmo.token.problem.TokenProblem;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rejects an access token in a text field, because the service would store, log and repeat it. The
 * only field for tokens has its own deserializer.
 */
@Singleton
class NoSecretInField implements ObjectMapperCustomizer {

  private static final Refusal REFUSAL =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "A token is in a field that does not accept tokens. Treat it as leaked: delete it and create another.");

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(new SimpleModule().addDeserializer(String.class, new PlainText()));
  }

  private static final class PlainText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    PlainText() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String text = StringDeserializer.instance.deserialize(json, context);
      if (text != null && TokenText.occursIn(text)) {
        throw REFUSAL.toException();
      }
      return text;
    }
  }
}
