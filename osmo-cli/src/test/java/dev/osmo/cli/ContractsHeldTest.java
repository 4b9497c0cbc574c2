package dev.osmo.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every contract is tested on the JVM and with the native binary. */
class ContractsHeldTest {
  private static final Path SOURCES = Path.of("src/test/java/dev/osmo/cli");

  @Test
  void every_contract_is_tested_on_the_jvm() throws Exception {
    assertThat(contractsIn(JvmCommandsTest.class, CommandTest.class)).isEqualTo(contracts());
  }

  @Test
  void every_contract_is_tested_with_the_native_binary() throws Exception {
    assertThat(contractsIn(NativeCommandsIT.class, NativeCommandTest.class)).isEqualTo(contracts());
  }

  private static Set<String> contractsIn(Class<?> tests, Class<?> bench) {
    return Stream.of(tests.getDeclaredClasses())
        .filter(test -> test.isAnnotationPresent(Nested.class))
        .filter(bench::isAssignableFrom)
        .flatMap(test -> Stream.of(test.getInterfaces()))
        .map(Class::getSimpleName)
        .collect(toSet());
  }

  private static Set<String> contracts() throws Exception {
    try (Stream<Path> files = Files.list(SOURCES)) {
      Set<String> contracts =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("CommandContract") && !name.equals("CommandContract"))
              .collect(toSet());
      assertThat(contracts).hasSizeGreaterThan(20);
      return contracts;
    }
  }
}
