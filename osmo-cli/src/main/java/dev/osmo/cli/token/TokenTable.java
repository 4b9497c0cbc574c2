package dev.osmo.cli.token;

import dev.osmo.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/** The table of {@code token list}, with the column widths of the user's page. */
final class TokenTable {
  private static final int NAME_WIDTH = 13;
  private static final int DESCRIPTION_WIDTH = 23;

  private TokenTable() {}

  static Table of(List<ListedToken> tokens, boolean ofSeveralUsers, boolean wide) {
    Table table = new Table();
    if (ofSeveralUsers) {
      table.column("Owner");
    }
    table
        .column("Name", NAME_WIDTH)
        .column("Description", DESCRIPTION_WIDTH)
        .column("Active")
        .column("Expires At (UTC)");
    if (wide) {
      table.column("Roles").column("ID").column("Created At (UTC)");
    }
    tokens.forEach(token -> table.row(cells(token, ofSeveralUsers, wide)));
    return table;
  }

  private static String[] cells(ListedToken token, boolean withOwner, boolean wide) {
    List<String> cells = new ArrayList<>();
    if (withOwner) {
      cells.add(token.owner());
    }
    cells.addAll(wide ? token.wideCells() : token.cells());
    return cells.toArray(String[]::new);
  }
}
