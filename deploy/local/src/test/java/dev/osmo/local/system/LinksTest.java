package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The links of the README and the addresses in the pages. Sphinx checks the references between
 * pages ({@code PagesTest}). No address is fetched.
 */
class LinksTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Path README = RunningStack.HOME.resolve("README.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern ADDRESS = Pattern.compile("\\bhttps?://[^\\s`'\"<>)\\]…,*\\\\|]+");

  /** An id, not an address that anybody opens. */
  private static final String LICENSE = "http://www.apache.org/licenses/LICENSE-2.0";

  @Test
  void every_link_of_the_readme_names_a_file() throws IOException {
    List<String> links =
        LINK.matcher(Files.readString(README))
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.contains("://"))
            .toList();

    assertThat(links)
        .hasSizeGreaterThan(20)
        .allSatisfy(link -> assertThat(RunningStack.HOME.resolve(link.split("#", -1)[0])).exists());
  }

  /** Also in examples: people copy them. */
  @Test
  void every_address_is_well_formed_and_encrypted_unless_it_is_nearby() throws IOException {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (Path page : pages()) {
      for (MatchResult found : ADDRESS.matcher(Files.readString(page)).results().toList()) {
        seen++;
        String address = found.group().replaceAll("[.;:]+$", "");
        if (!isUsable(address)) {
          wrong.add(DOCS.relativize(page) + ": " + address);
        }
      }
    }

    assertThat(seen).isGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  @Test
  void what_is_not_usable_is_found() {
    assertThat(
            Stream.of(
                "http://osmo.example.com", "https://", "https://a b", "https://osmo_example/%zz"))
        .noneMatch(LinksTest::isUsable);
    assertThat(Stream.of("https://osmo.example.com/a?b=c", "http://localhost:8080", LICENSE))
        .allMatch(LinksTest::isUsable);
  }

  private static boolean isUsable(String address) {
    String plain = address.replaceAll("\\$\\{?\\w+}?|\\{\\w*}|[A-Z_]{3,}", "x");
    try {
      URI uri = new URI(plain.replace(":port", ":1"));
      String host = uri.getHost();
      return address.equals(LICENSE)
          || (host != null && (uri.getScheme().equals("https") || isNearby(host)));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /** This machine, or a name without a domain, which a cluster resolves. */
  private static boolean isNearby(String host) {
    return host.equals("127.0.0.1") || !host.contains(".");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> all = Files.walk(DOCS)) {
      return Stream.concat(
              Stream.of(README),
              all.filter(page -> page.toString().endsWith(".rst"))
                  .filter(page -> !page.startsWith(DOCS.resolve("target"))))
          .sorted()
          .toList();
    }
  }
}
