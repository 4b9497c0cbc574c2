package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import dev.osmo.local.accounts.AdminToken;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.postgres.DatabaseSetup;
import dev.osmo.local.postgres.OrphanServer;
import dev.osmo.local.postgres.PostgresServer;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.process.Children;
import dev.osmo.local.process.LogTail;
import dev.osmo.local.process.Orphans;
import java.sql.Connection;
import java.sql.SQLException;

/** The steps until the database is ready for the services. */
record Database(DataFolder folder, Children children, Progress progress) {

  PostgresServer start(Services services) {
    stopOrphans();
    PostgresServer[] started = new PostgresServer[1];
    String name =
        PostgresServer.isFirstStart(folder)
            ? "PostgreSQL (unpacking and initializing)"
            : "PostgreSQL";
    progress.step(
        name,
        () -> {
          started[0] = PostgresServer.start(folder, services.ports().postgres(), children);
          return started[0].version() + " on 127.0.0.1:" + started[0].port();
        });
    PostgresServer server = started[0];
    progress.step("Schema", () -> migrate(server, services));
    return server;
  }

  /** Services first, because PostgreSQL would wait for their connections. */
  private void stopOrphans() {
    Orphans orphans = new Orphans(folder.processTag());
    if (orphans.find().isEmpty()) {
      OrphanServer.stop(folder, orphans);
      return;
    }
    progress.step(
        "Processes of a killed launcher",
        () ->
            "stopped "
                + (orphans.stop(process -> !OrphanServer.isServer(process))
                    + OrphanServer.stop(folder, orphans)));
  }

  private String migrate(PostgresServer server, Services services) {
    new DatabaseSetup(server, new Secrets(folder.secretsFolder()))
        .run(services.installation().bootstrapScript());
    ChildSpec migration = services.migration();
    if (children.run(migration) != 0) {
      throw new CannotStart(
          "Cannot migrate the schema. The last lines of %s:%n%s"
              .formatted(migration.log(), LogTail.of(migration.log(), 15)));
    }
    renewAdminToken(server);
    return "migrated";
  }

  private void renewAdminToken(PostgresServer server) {
    try (Connection connection = server.connect(DatabaseSetup.DATABASE)) {
      new AdminToken(folder.adminToken()).renewWhenDue(connection);
    } catch (SQLException e) {
      throw new CannotStart("Cannot read the database: " + e.getMessage(), e);
    }
  }
}
