package dev.osmo.local.demo;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.PrivateFile;
import dev.osmo.local.folder.SecretText;
import dev.osmo.local.provider.ScriptedBrowser;
import dev.osmo.pat.PatText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The steps of the user guide, in its order, and then the removal of a role. Deletes what it
 * creates, so it can run any number of times.
 */
public final class Tutorial {
  private static final String TOKEN = "demo-token";

  /** A user of the demo only, so that no real user of that name is deleted. */
  private static final String SCENE_USER = "demo-scene@example.com";

  /** Signs in. The provider has this user. */
  private static final String USER = "user@example.com";

  private static final String TEAM_ROLE = "osmo-ml-team";

  private final Path adminToken;
  private final Path scratch;
  private final String publicUrl;
  private final Path browser;
  private final Cli cli;
  private final PrintStream out;

  /**
   * @param home the project folder, in which the commands run
   * @param osmo the script that starts the command line
   */
  public Tutorial(DataFolder folder, Path home, Path osmo, String publicUrl, PrintStream out) {
    this.adminToken = folder.adminToken();
    this.scratch = folder.root().resolve("demo");
    this.publicUrl = publicUrl;
    this.browser = scratch.resolve("browser");
    this.cli = new Cli(osmo, home, scratch, browser);
    this.out = out;
  }

  /** Throws {@link CannotStart} if a step fails. */
  public void play() {
    clean();
    try {
      Files.createDirectory(scratch);
      ScriptedBrowser.write(browser, USER);
      playSteps();
    } catch (IOException e) {
      throw new CannotStart("Cannot create the demo folder " + scratch + ".", e);
    } finally {
      clean();
    }
  }

  private void playSteps() {
    signIn();
    cli.run("token", "delete", TOKEN); // an interrupted demo may have left it
    String inAMonth = LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();
    String shown =
        show(
            "token",
            "set",
            TOKEN,
            "--expires-at",
            inAMonth,
            "--description",
            "My automation token");
    Path tokenFile = scratch.resolve(TOKEN);
    PrivateFile.write(tokenFile, tokenIn(shown));
    show("token", "list");
    show("token", "roles", TOKEN);
    show("login", publicUrl, "--method=token", "--token-file=" + tokenFile);
    show("workflow", "submit", "deploy/local/my-workflow.yaml");
    show("workflow", "list");
    show("token", "delete", TOKEN);
    show("logout");
    removeRole();
  }

  /** An administrator removes a role from a user, and the tokens of that user lose it. */
  private void removeRole() {
    show("login", publicUrl, "--method=token", "--token-file=" + adminToken);
    cli.run("user", "delete", SCENE_USER, "--yes"); // an interrupted demo may have left it
    show("user", "create", SCENE_USER, "--roles", "osmo-user", TEAM_ROLE);
    show("token", "set", "laptop", "--user", SCENE_USER);
    show("token", "set", "nightly", "--user", SCENE_USER, "--roles", TEAM_ROLE);
    show("user", "update", SCENE_USER, "--remove-roles", TEAM_ROLE, "--dry-run");
    show("user", "update", SCENE_USER, "--remove-roles", TEAM_ROLE);
    show("token", "list", "--user", SCENE_USER);
    show("token", "explain", "nightly", "--user", SCENE_USER);
    show("user", "delete", SCENE_USER, "--yes");
    show("logout");
  }

  /**
   * As the user guide prints it. Its reader is at a terminal. The demo is not, and there the
   * command waits for a browser only if the method is named.
   */
  private void signIn() {
    String typed = Cli.typed("login", publicUrl);
    show(typed, new String[] {"login", publicUrl, "--method=pkce"});
  }

  private String show(String... arguments) {
    return show(Cli.typed(arguments), arguments);
  }

  private String show(String typed, String[] arguments) {
    out.println("$ " + typed);
    Cli.Run run = cli.run(arguments);
    out.println(run.output());
    if (run.exitCode() != 0) {
      throw new CannotStart(
          "The demo failed: '%s' returned exit code %d.".formatted(typed, run.exitCode()));
    }
    return run.output();
  }

  private static SecretText tokenIn(String output) {
    return Arrays.stream(output.split("\\s+"))
        .flatMap(word -> PatText.parse(word).stream())
        .map(token -> new SecretText(token.text()))
        .findFirst()
        .orElseThrow(
            () -> new CannotStart("The demo failed: 'osmo token set' printed no access token."));
  }

  private void clean() {
    if (!Files.exists(scratch)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(scratch)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CannotStart("Cannot delete the demo folder " + scratch + ".", e);
    }
  }
}
