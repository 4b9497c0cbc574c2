package dev.osmo.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A contract that only one of the two programs holds is no contract. */
class ContractsHeldTest {
  private static final Path SOURCES = Path.of("src/test/java/dev/osmo/cli");

  @Test
  void every_contract_is_held_on_the_jvm() throws Exception {
    for (String contract : contracts()) {
      Class<?> test = Class.forName("dev.osmo.cli." + contract.replace("Contract", "Test"));

      assertThat(CommandTest.class).isAssignableFrom(test);
      assertThat(test.getInterfaces()).extracting(Class::getSimpleName).containsExactly(contract);
    }
  }

  @Test
  void every_contract_is_held_by_the_native_binary() throws Exception {
    Set<String> held =
        Stream.of(NativeCommandsIT.class.getDeclaredClasses())
            .filter(NativeCommandTest.class::isAssignableFrom)
            .flatMap(test -> Stream.of(test.getInterfaces()))
            .map(Class::getSimpleName)
            .collect(toSet());

    assertThat(held).isEqualTo(contracts());
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
