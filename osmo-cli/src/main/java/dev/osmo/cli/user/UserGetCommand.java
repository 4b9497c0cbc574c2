package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.GrantedRoles;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show a user and the user's roles.")
class UserGetCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  private final Session session;
  private final Output output;

  UserGetCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode response = session.call(new OsmoApi.User(id).get());
    output.print(format, Document.ofQuery(response), () -> lines(response));
  }

  private static Lines lines(JsonNode response) {
    ListedUser user = ListedUser.of(response);
    Lines lines =
        Lines.of(
            "User ID: " + user.id(),
            "Created At: " + user.createdOn(),
            "Created By: " + user.createdBy(),
            "");
    GrantedRoles.of(response.path("roles")).lines().forEach(lines::line);
    return lines;
  }
}
