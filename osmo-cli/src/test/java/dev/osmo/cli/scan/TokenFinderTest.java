package dev.osmo.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenFinderTest {
  private final String token = PatText.random(new SecureRandom()).text();
  private final String refreshToken = RefreshTokenText.PREFIX + "AZ-_09az".repeat(25);

  @Test
  void a_token_is_found_once_at_any_block_boundary() throws IOException {
    TokenFinder finder = new TokenFinder(1);
    for (int before = 0; before < 300; before++) {
      assertThat(find(finder, "-".repeat(before) + token + "-".repeat(before % 7)))
          .containsExactly("x:1:" + (before + 1) + ": " + token.substring(0, 9) + "***");
    }
  }

  @Test
  void a_longer_word_is_not_a_token_at_any_block_boundary() throws IOException {
    TokenFinder finder = new TokenFinder(1);
    for (int before = 0; before < 300; before++) {
      assertThat(find(finder, "-".repeat(before) + token + "x")).isEmpty();
      assertThat(find(finder, "-".repeat(before) + "x" + token)).isEmpty();
    }
  }

  @Test
  void adjacent_tokens_are_all_found() throws IOException {
    String three = token + "\n" + token + " " + token;

    assertThat(find(new TokenFinder(1 << 16), three)).hasSize(3);
    assertThat(find(new TokenFinder(1), three)).hasSize(3);
  }

  /** Also within a longer text, with and without padding. */
  @Test
  void a_token_in_base64_is_found_at_any_offset() throws IOException {
    for (int before = 0; before < 10; before++) {
      String text = "-".repeat(before) + token + "\n".repeat(before % 4);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      String plain = Base64.getEncoder().encodeToString(bytes);
      String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

      assertThat(find(new TokenFinder(1), "token: " + plain + "\n"))
          .as("%d bytes before", before)
          .containsExactly("x:1:" + (8 + before / 3 * 4) + ": " + token.substring(0, 9) + "***");
      assertThat(find(new TokenFinder(), url + "\"")).hasSize(1);
    }
  }

  @Test
  void base64_may_be_wrapped_into_lines() throws IOException {
    for (int before = 0; before < 120; before++) {
      byte[] bytes = ("-".repeat(before) + token).getBytes(StandardCharsets.UTF_8);
      String wrapped = Base64.getMimeEncoder().encodeToString(bytes);

      assertThat(find(new TokenFinder(), wrapped)).as("%d bytes before", before).hasSize(1);
      assertThat(find(new TokenFinder(), wrapped.replace("\n", "\n    "))).hasSize(1);
    }
  }

  @Test
  void base64_of_another_text_is_not_a_token() throws IOException {
    String wrong = token.substring(0, 38) + (token.endsWith("0") ? "1" : "0");
    String encoded = Base64.getEncoder().encodeToString(wrong.getBytes(StandardCharsets.UTF_8));

    assertThat(find(new TokenFinder(), encoded)).isEmpty();
    assertThat(find(new TokenFinder(), "b3Ntb1")).isEmpty();
    assertThat(find(new TokenFinder(), "b3Ntb1".repeat(2000))).isEmpty();
  }

  @Test
  void tokens_in_base64_are_all_found() throws IOException {
    String encoded =
        Base64.getEncoder().encodeToString((token + " " + token).getBytes(StandardCharsets.UTF_8));

    assertThat(find(new TokenFinder(), encoded + "\n" + token)).hasSize(3);
  }

  @Test
  void a_token_in_utf_16_is_found_with_and_without_a_byte_order_mark() throws IOException {
    String text = "\u00e4\n  token: " + token + "\r\n";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String mark : List.of("", "\ufeff")) {
        List<String> found = new ArrayList<>();
        new TokenFinder()
            .find(
                new ByteArrayInputStream((mark + text).getBytes(charset)),
                (line, column, each) -> found.add(line + ":" + column + ":" + each.text()));

        assertThat(found).as("%s %s", charset, mark).containsExactly("2:10:" + token);
      }
    }
  }

  @Test
  void a_refresh_token_is_found_in_every_form() throws IOException {
    String encoded = base64("{\n  \"refresh_token\": \"" + refreshToken + "\",\n");
    for (String text :
        List.of(
            refreshToken,
            "T=" + refreshToken + "\n",
            "x-" + refreshToken + ".",
            encoded,
            encoded.replaceAll("(.{76})", "$1\n  "),
            base64(refreshToken),
            base64("a" + refreshToken + "\n"),
            base64("ab" + refreshToken))) {
      assertThat(secrets(new TokenFinder(1), text)).as(text).containsExactly(refreshToken);
      assertThat(secrets(new TokenFinder(), text)).as(text).containsExactly(refreshToken);
    }
    byte[] wide = ("T=" + refreshToken).getBytes(StandardCharsets.UTF_16LE);
    assertThat(secrets(new TokenFinder(), wide)).containsExactly(refreshToken);
  }

  @Test
  void the_longest_refresh_token_is_found_and_a_longer_word_is_none() throws IOException {
    String longest = refreshToken + "A".repeat(RefreshTokenText.LONGEST - refreshToken.length());

    assertThat(secrets(new TokenFinder(1), " " + longest)).containsExactly(longest);
    assertThat(secrets(new TokenFinder(1), base64(longest + "\n"))).containsExactly(longest);
    assertThat(secrets(new TokenFinder(1), longest + "A")).isEmpty();
  }

  @Test
  void several_credentials_of_both_kinds_are_all_found() throws IOException {
    String text = refreshToken + "\",\"" + token + "\n" + refreshToken + "=" + token + " ";

    assertThat(secrets(new TokenFinder(1), text))
        .containsExactlyInAnyOrder(refreshToken, token, refreshToken, token);
    assertThat(secrets(new TokenFinder(1), base64(text) + " " + base64("x" + text)))
        .hasSize(8)
        .containsOnly(refreshToken, token);
  }

  @Test
  void an_abbreviated_refresh_token_is_an_example() throws IOException {
    String examples = "osmo_rt_… osmo_rt_AAAA osmo_rt_ xosmo_rt_" + "A".repeat(200);

    assertThat(secrets(new TokenFinder(1), examples + " " + token)).containsExactly(token);
    assertThat(secrets(new TokenFinder(1), base64("osmo_rt_AAAA " + token))).containsExactly(token);
  }

  /** As in a Secret whose content is a file of variables. */
  @Test
  void a_token_in_base64_is_found_after_a_name_with_the_same_prefix() throws IOException {
    for (String before : List.of("osmo_token=", "osmo_", "osmo_rt_ ", "osmo_osmo_x: '")) {
      for (String secret : List.of(token, refreshToken)) {
        assertThat(secrets(new TokenFinder(1), base64(before + secret + "\n")))
            .as(before)
            .containsExactly(secret);
      }
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> secrets(TokenFinder finder, String text) throws IOException {
    return secrets(finder, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> secrets(TokenFinder finder, byte[] text) throws IOException {
    List<String> found = new ArrayList<>();
    finder.find(new ByteArrayInputStream(text), (line, column, secret) -> found.add(secret.text()));
    return found;
  }

  private static List<String> find(TokenFinder finder, String text) throws IOException {
    List<String> found = new ArrayList<>();
    finder.find(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (line, column, token) -> found.add(FoundToken.of("x", line, column, token).text()));
    return found;
  }
}
