package dev.osmo.token.pat.rules;

import dev.osmo.token.input.TextInput;
import org.jspecify.annotations.Nullable;

/** What a token is for, in up to 512 code points. */
public record Description(String text) {

  private static final int MAX = 512;

  public Description {
    text = TextInput.require("A description", text, MAX);
  }

  public static Description of(@Nullable String text) {
    return new Description(text == null ? "" : text);
  }
}
