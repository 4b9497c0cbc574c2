package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No test fails because the machine is busy: each sets how long it waits, which Awaitility limits
 * to ten seconds otherwise, and none needs a thread of the common pool, which has one thread on two
 * processors. No test waits for ever: a wait for a process has a limit, too.
 */
class PatientTestsTest {
  private static final Pattern AWAIT = Pattern.compile("\\bawait\\((\"[^\"]*\")?\\)");
  private static final Pattern ASYNC = Pattern.compile("\\b(supplyAsync|runAsync)\\(");
  private static final Pattern SHORT =
      Pattern.compile("(waitFor|get|await)\\(\\s*[0-9_]+,\\s*(TimeUnit[.])?(MILLI)?SECONDS");
  private static final Pattern ENDLESS = Pattern.compile("\\bwaitFor\\(\\s*\\)");
  private static final List<String> EXEMPT = List.of("PatientTestsTest.java");

  @Test
  void every_test_is_patient() throws IOException {
    assertThat(tests()).hasSizeGreaterThan(300).allSatisfy(PatientTestsTest::assertPatient);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await().until(() -> done);",
        "await()\n    .ignoreExceptions()\n    .untilAsserted(() -> f.atMost(x));",
        "CompletableFuture.supplyAsync(() -> call(a, b));",
        "CompletableFuture.runAsync(timer::purge)",
        "process.waitFor(60, TimeUnit.SECONDS)",
        "future.get(500, MILLISECONDS)",
        "process.destroyForcibly().waitFor();"
      })
  void an_impatient_test_is_found(String source) {
    assertThat(impatience(source)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await().atMost(Patience.LONG).until(() -> done);",
        "return await().atMost(LONG);",
        "uni.await().indefinitely();",
        "CompletableFuture.supplyAsync(() -> call(a, b), lanes);",
        "process.waitFor(10, TimeUnit.MINUTES)"
      })
  void a_patient_test_is_accepted(String source) {
    assertThat(impatience(source)).isEmpty();
  }

  private static void assertPatient(Path test) throws IOException {
    assertThat(impatience(Files.readString(test))).as(test.toString()).isEmpty();
  }

  private static List<String> impatience(String source) {
    return Stream.of(
            found(AWAIT, source, call -> call.contains("until") && !setsItsTime(call)),
            found(ASYNC, source, call -> arguments(call) < 2),
            found(SHORT, source, call -> true),
            found(ENDLESS, source, call -> true))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean setsItsTime(String call) {
    return call.substring(0, call.indexOf("until")).contains(".atMost(");
  }

  /** The statements from each match on to their end. */
  private static List<String> found(Pattern pattern, String source, Predicate<String> fault) {
    return pattern
        .matcher(source)
        .results()
        .map(MatchResult::start)
        .map(start -> source.substring(start, end(source, start)))
        .filter(fault)
        .toList();
  }

  private static int end(String source, int start) {
    int end = source.indexOf(';', start);
    return end < 0 ? source.length() : end;
  }

  /** The number of arguments of the call that the text begins with. */
  private static int arguments(String call) {
    int depth = 0;
    int count = 1;
    for (int i = call.indexOf('('); i < call.length(); i++) {
      switch (call.charAt(i)) {
        case '(', '{', '[' -> depth++;
        case ')', '}', ']' -> depth--;
        case ',' -> count += depth == 1 ? 1 : 0;
        default -> {}
      }
      if (depth == 0) {
        return count;
      }
    }
    return count + 1; // A body with statements, whose end is not searched.
  }

  private static List<Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(RunningStack.HOME)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> isTest(RunningStack.HOME.relativize(file).toString()))
          .filter(file -> !EXEMPT.contains(file.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isTest(String path) {
    return (path.contains("src/test/java/") || path.startsWith("token-service/test-kit/src/main/"))
        && !path.contains("target/");
  }
}
