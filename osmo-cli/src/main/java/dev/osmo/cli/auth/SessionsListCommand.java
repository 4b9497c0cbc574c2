package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List your sessions, the one that was used last first.")
class SessionsListCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();
  @Mixin private SessionOwner owner = new SessionOwner();

  private final Session session;
  private final Output output;

  SessionsListCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    ArrayNode found = table.sorted(session.call(owner.sessions(session).list()));
    List<ListedSession> sessions = found.valueStream().map(ListedSession::of).toList();
    output.print(
        table,
        Document.ofQuery(found),
        () -> Lines.of(sessions.stream().map(ListedSession::id).toList()),
        () ->
            sessions.isEmpty() ? Lines.of("No sessions found") : Lines.of().table(rows(sessions)));
  }

  private Table rows(List<ListedSession> sessions) {
    Table rows = new Table().column("Session").column("Provider");
    if (table.isWide()) {
      rows.column("Client");
    }
    rows.column("Started (UTC)").column("Last used (UTC)").column("Ends (UTC)").column("");
    sessions.forEach(each -> rows.row(table.isWide() ? each.wideCells() : each.cells()));
    return rows;
  }
}
