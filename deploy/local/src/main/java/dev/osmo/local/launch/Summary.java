package dev.osmo.local.launch;

import dev.osmo.local.accounts.AdminToken;
import dev.osmo.local.accounts.DemoUser;
import dev.osmo.local.folder.DataFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The addresses and files of the running stack, and commands to try. */
record Summary(
    Installation installation,
    DataFolder folder,
    Ports ports,
    String postgresVersion,
    String providerUrl,
    String publicUrl) {

  void print(PrintStream out) {
    String osmo = osmo();
    out.printf(
        """

        osmo is running at %s (Ctrl-C stops it)

          token-service          http://127.0.0.1:%d, metrics http://127.0.0.1:%d/q/metrics
          auth-exchange-service  http://127.0.0.1:%d, metrics http://127.0.0.1:%d/q/metrics
          sample-api             http://127.0.0.1:%d
          identity provider      %s, for people
          PostgreSQL %-10s  127.0.0.1:%d, database osmo (password of user postgres: %s)
          administrator          %s, token in %s
          demo user              %s, token in %s
          data                   %s
          logs                   %s

        In another terminal:

          %s login %s
          %s token set my-token --expires-at %s --description "My automation token"
          %s token list
          %s token roles my-token
          %s workflow submit %s
          %s workflow list
          %s token delete my-token

        The first command opens your browser: choose %s there. To log in without a browser:

          %s login %s --method=token --token-file=%s

        """,
        publicUrl,
        ports.tokenService(),
        ports.tokenServiceManagement(),
        ports.authExchange(),
        ports.authExchangeManagement(),
        ports.sampleApi(),
        providerUrl,
        postgresVersion,
        ports.postgres(),
        folder.secretsFolder().resolve("postgres.password"),
        AdminToken.USER,
        folder.adminToken(),
        DemoUser.USER,
        folder.userToken(),
        folder.root(),
        folder.logs(),
        osmo,
        publicUrl,
        osmo,
        LocalDate.now(ZoneOffset.UTC).plusDays(31),
        osmo,
        osmo,
        osmo,
        quoted(fromHere(installation.home().resolve("deploy/local/my-workflow.yaml"))),
        osmo,
        osmo,
        DemoUser.USER,
        osmo,
        publicUrl,
        quoted(folder.userToken()));
  }

  private String osmo() {
    return quoted(fromHere(installation.cli()));
  }

  /** A relative path if the launcher was started in the project folder, as in the README. */
  private Path fromHere(Path file) {
    return installation.home().equals(Path.of("").toAbsolutePath())
        ? installation.home().relativize(file)
        : file;
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9@%+=:,./_~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
