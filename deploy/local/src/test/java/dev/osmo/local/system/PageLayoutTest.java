package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the built pages in headless Chromium, in the theme that is installed: from 390 to 1600
 * pixels nothing is cut off and no word is broken; at 1280 pixels code is not squeezed, and every
 * text has a contrast of 4.5:1 or more, in light and in dark. A dark system shows dark pages.
 */
class PageLayoutTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Pattern RESULT = Pattern.compile("(?s)<pre id=\"result\">(.*?)</pre>");

  @TempDir Path html;

  @BeforeEach
  void skipWithoutTools() {
    assumeTrue(installed("chromium"), "SKIPPED: chromium is not installed");
  }

  @Test
  void no_block_is_cut_off_and_every_text_is_readable() throws Exception {
    assumeTrue(installed("sphinx-build"), "SKIPPED: python3-sphinx is not installed");
    run(
        List.of(
            "sphinx-build",
            "-q",
            "-d",
            html.resolve(".doctrees").toString(),
            DOCS.toString(),
            html.toString()));

    List<String> result = measured();

    assertThat(result.getFirst()).as("measured pages").matches("[3-9]\\d pages");
    assertThat(result.subList(1, result.size())).isEmpty();
  }

  @Test
  void a_fault_is_found() throws Exception {
    Files.writeString(
        html.resolve("bad.html"),
        """
        <!DOCTYPE html><html><head></head><body>
        <pre style="width: 300px; overflow: hidden">%s</pre><p style="color: #999">pale</p>
        <div class="highlight" style="width: 300px"><pre>squeezed</pre></div>
        <p style="width: 40px; overflow-wrap: anywhere">unexpected</p>
        </body></html>
        """
            .formatted("wide".repeat(100)));
    Files.writeString(
        html.resolve("themed.html"),
        """
        <!DOCTYPE html><html><head><style>[data-theme=dark] { background: black; color: white }</style></head>
        <body data-theme="auto">a theme that ignores the system</body></html>
        """);

    assertThat(measured())
        .anyMatch(line -> line.startsWith("bad.html: cut off at 1280: wide"))
        .anyMatch(line -> line.equals("bad.html: broken at 390: unexpected"))
        .anyMatch(line -> line.equals("themed.html: light, although the system is dark"))
        .anyMatch(line -> line.equals("bad.html: code of 300 pixels: squeezed"))
        .anyMatch(line -> line.matches("bad.html: contrast 2.\\d in light: pale"));
  }

  /** The number of pages, and then what is wrong with them. */
  private List<String> measured() throws IOException, InterruptedException {
    Files.writeString(
        html.resolve("measure.html"),
        "<!DOCTYPE html><html><body><script>%s\nmeasureAll([%s])</script></body></html>"
            .formatted(script(), pages()));
    String dom =
        run(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                // The system prefers dark.
                "--blink-settings=preferredColorScheme=0",
                "--user-data-dir=" + html.resolve(".chromium"),
                "--allow-file-access-from-files",
                "--virtual-time-budget=240000",
                "--dump-dom",
                html.resolve("measure.html").toUri().toString()));
    Matcher result = RESULT.matcher(dom);
    assertThat(result.find()).as(dom).isTrue();
    return result.group(1).strip().lines().toList();
  }

  private String pages() throws IOException {
    try (Stream<Path> files = Files.walk(html)) {
      return files
          .map(file -> html.relativize(file).toString())
          .filter(name -> name.endsWith(".html"))
          .filter(name -> !name.startsWith("_") && !name.startsWith(".chromium"))
          .filter(name -> !name.equals("measure.html"))
          .sorted()
          .map(name -> "'" + name + "'")
          .collect(Collectors.joining(", "));
    }
  }

  private static String script() throws IOException {
    try (InputStream script = PageLayoutTest.class.getResourceAsStream("measure-pages.js")) {
      assertThat(script).isNotNull();
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(html, ".output", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).as("exited").isTrue();
    return Files.readString(output);
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
