package dev.osmo.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTableTest {

  @Test
  void what_the_server_takes_is_not_the_commands_own_time() {
    CommandTable table =
        new CommandTable(
            List.of(
                new CommandRun("version", 6, 0),
                new CommandRun("token list", 20, 1.5),
                new CommandRun("token list", 18, 1.5),
                new CommandRun("token list", 30, 1.5)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
        .contains("version 1 6.0 6.0 0.0 6.0", "token list 3 18.0 20.0 1.5 18.5");
  }
}
