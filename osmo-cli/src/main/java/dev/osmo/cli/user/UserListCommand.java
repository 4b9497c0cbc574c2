package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List users, the newest first.")
class UserListCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();

  @Option(
      names = {"-p", "--id-prefix"},
      paramLabel = "PREFIX",
      description = "Only users whose id starts with this.")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = {"-r", "--roles"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Only users who hold any of these roles.")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many to show (default: ${DEFAULT-VALUE}).")
  private int count = 100;

  private final UserPages pages;
  private final Terminal terminal;

  UserListCommand(UserPages pages, Terminal terminal) {
    this.pages = pages;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = pages.fetch(count, this::filtered);
    if (output.isJson()) {
      terminal.block(Json.indented(output.foundIn(answer, "users"), 2));
    } else {
      print(answer);
    }
  }

  private ServerRequest filtered(ServerRequest request) {
    return request.with("id_prefix", prefix).withAll("roles", roles);
  }

  private void print(JsonNode answer) {
    JsonNode users = answer.path("users");
    if (output.isQuiet()) {
      users.forEach(user -> terminal.line(ListedUser.of(user).id()));
      return;
    }
    if (users.isEmpty()) {
      terminal.line("No users found");
      return;
    }
    terminal.line("Total users: " + answer.path("total_results").asInt(users.size()));
    terminal.line("");
    Table table = new Table().column("User ID").column("Created At");
    if (output.isWide()) {
      table.column("Created By");
    }
    for (JsonNode entry : users) {
      ListedUser user = ListedUser.of(entry);
      table.row(output.isWide() ? user.wideCells() : user.cells());
    }
    terminal.block(table);
  }
}
