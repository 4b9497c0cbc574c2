package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List users, newest first.")
class UserListCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();

  @Option(
      names = {"-p", "--id-prefix"},
      paramLabel = "PREFIX",
      description = "Only users whose id starts with this prefix.")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = {"-r", "--roles"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "ROLE",
      description = "Only users who hold any of these roles.")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many users to show (default: ${DEFAULT-VALUE}).")
  private int count = 100;

  private final UserPages pages;
  private final Output output;

  UserListCommand(UserPages pages, Output output) {
    this.pages = pages;
    this.output = output;
  }

  @Override
  public void run() {
    ObjectNode response = pages.fetch(count, this::filtered);
    response.set("users", table.sorted(response.path("users")));
    List<ListedUser> users = response.path("users").valueStream().map(ListedUser::of).toList();
    output.print(
        table,
        Document.ofQuery(response).withListIn("users"),
        () -> Lines.of(users.stream().map(ListedUser::id).toList()),
        () -> users.isEmpty() ? Lines.of("No users found") : lines(response, users));
  }

  private ServerRequest filtered(ServerRequest request) {
    return request.with("id_prefix", prefix).withAll("roles", roles);
  }

  private Lines lines(ObjectNode response, List<ListedUser> users) {
    Table rows = new Table().column("User ID").column("Created At");
    if (table.isWide()) {
      rows.column("Created By");
    }
    users.forEach(user -> rows.row(table.isWide() ? user.wideCells() : user.cells()));
    return Lines.of("Total users: " + response.path("total_results").asInt(users.size()), "")
        .table(rows);
  }
}
