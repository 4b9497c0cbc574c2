package dev.osmo.cli.man;

import dev.osmo.cli.server.OsmoApi;
import java.util.List;

/** Examples of the commands, for their help and manual pages. A test parses each. */
public final class Examples {
  private static final List<String> ALL =
      List.of(
          "osmo login https://osmo.example.com --method=token --token-file=~/.osmo-token",
          "osmo token set ci --expires-in 90d --roles osmo-user",
          "osmo token list --state active",
          "osmo login https://osmo.example.com --token-file=- --context=work",
          "osmo logout --all",
          "osmo logout --revoke",
          "osmo auth status",
          "osmo auth whoami",
          "osmo auth token --format=header",
          "osmo auth token --audience=registry --roles=osmo-user",
          "osmo auth refresh",
          "osmo auth explain",
          "osmo auth sessions list",
          "osmo auth sessions end --all",
          "osmo context list --wide",
          "osmo context show work",
          "osmo context use work",
          "osmo context delete work",
          "osmo api GET " + OsmoApi.EXAMPLE,
          "osmo run -- ./deploy.sh",
          "osmo run --file -- ./nightly.sh",
          "osmo sidecar once --sink file:/run/osmo/jwt",
          "osmo sidecar run --sink file:/run/osmo/jwt --sink file:/run/osmo/curl,format=header",
          "osmo sidecar run --listen 127.0.0.1:8085 --health :8086",
          "osmo sidecar run --proxy 127.0.0.1:8087 --upstream https://api.example.com,audience=api",
          "osmo sidecar wait --sink file:/run/osmo/jwt --timeout 30",
          "osmo sidecar shutdown --listen 127.0.0.1:8085",
          "osmo profile list",
          "osmo profile set pool gpu",
          "osmo profile set notifications email true",
          "osmo doctor",
          "osmo completion bash",
          "osmo man token set",
          "osmo token roles ci",
          "osmo token delete ci",
          "osmo token show ci",
          "osmo token show self",
          "osmo token explain ci",
          "osmo token rotate ci --grace 2w",
          "osmo token rotate self --token-file=~/.osmo-token",
          "osmo token suspend ci",
          "osmo token resume ci",
          "osmo token revoke ci --yes",
          "osmo token revoke --leaked build.log",
          "osmo token generate",
          "osmo token verify ~/.osmo-token --server",
          "osmo token scan . -t sarif",
          "osmo user create bob@example.com --roles osmo-user,osmo-ml-team",
          "osmo user get bob@example.com",
          "osmo user list --roles osmo-admin",
          "osmo user update bob@example.com --remove-roles osmo-ml-team --dry-run",
          "osmo user delete bob@example.com --yes",
          "osmo admin audit --action role.removed --after 2026-11-01",
          "osmo admin keys",
          "osmo admin policy",
          "osmo admin role list",
          "osmo admin role get osmo-user",
          "osmo admin role set osmo-ml-team -d machine-learning",
          "osmo admin role delete osmo-ml-team --dry-run",
          "osmo token list --unused-for 30d -q",
          "osmo token list --sort-by last_used_at:desc --no-headers",
          "osmo workflow list --status running,pending",
          "osmo workflow submit train.yaml --pool gpu",
          "osmo workflow submit - --dry-run",
          "osmo version -t json");

  private static final List<String> GROUPS =
      List.of(
          "osmo admin",
          "osmo admin role",
          "osmo auth",
          "osmo context",
          "osmo profile",
          "osmo sidecar",
          "osmo token",
          "osmo user",
          "osmo workflow");

  /** For osmo itself. */
  private static final int FIRST = 3;

  private Examples() {}

  /**
   * The examples of a command.
   *
   * @param command as typed, such as {@code osmo token set}
   */
  public static List<String> of(String command) {
    return command.equals("osmo")
        ? ALL.subList(0, FIRST)
        : ALL.stream().filter(line -> isOf(command, line)).toList();
  }

  /** A group has none: its commands have. */
  private static boolean isOf(String command, String line) {
    return (line + " ").startsWith(command + " ") && !GROUPS.contains(command);
  }
}
