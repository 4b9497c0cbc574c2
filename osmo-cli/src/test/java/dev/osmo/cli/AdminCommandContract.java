package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface AdminCommandContract extends CommandContract {
  String EVENT =
      """
      {"id":%d,"at":"2026-11-02T10:00:00.5Z","actor":"ann","via_pat_id":"pat_9","jti":"j","action":"token.created",
       "user_id":"bob","pat_id":null,"request_id":"r-1","details":{"name":"ci"}}
      """;

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @Test
  default void audit_prints_a_table() {
    everythingAnswers(okJson("[" + EVENT.formatted(7) + "]"));

    assertThat(run("admin", "audit").out())
        .isEqualTo(
            """
            +---------------------+-------+---------------+------+-------+------+
            | At (UTC)            | Actor | Action        | User | Token | Role |
            +---------------------+-------+---------------+------+-------+------+
            | 2026-11-02 10:00:00 | ann   | token.created | bob  | -     | -    |
            +---------------------+-------+---------------+------+-------+------+
            """);
    assertThat(run("admin", "audit", "--wide").out()).contains("| {\"name\": \"ci\"} |", "pat_9");
    server().verify(2, getRequestedFor(urlEqualTo("/api/auth/audit?limit=100")));
  }

  @Test
  default void audit_shows_which_role_changed() {
    everythingAnswers(
        okJson(
            """
            [{"id":2,"at":"2026-11-02T10:00:00Z","actor":"ann","action":"role.removed","details":{"role":"osmo-ml"}},
             {"id":1,"at":"2026-11-01T10:00:00Z","actor":"ann","action":"token.created","details":{"roles":["a","b"]}}]
            """));

    assertThat(run("admin", "audit", "--no-headers").out())
        .isEqualTo(
            """
            2026-11-02 10:00:00  ann  role.removed   -  -  osmo-ml
            2026-11-01 10:00:00  ann  token.created  -  -  a, b
            """);
  }

  @Test
  default void an_administrator_sees_the_states_of_the_keys() {
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/keys"))
                .willReturn(
                    okJson("{\"keys\":[{\"kid\":\"k1\"},{\"kid\":\"k2\"},{\"kid\":\"k3\"}]}")));
    keyEvents("pending", "k1", "k2", "k3");
    keyEvents("active", "k1", "k2");
    keyEvents("retiring", "k1");

    assertThat(run("admin", "keys", "--no-headers").out())
        .isEqualTo("k1  -  retiring\nk2  -  active\nk3  -  pending\n");
    assertThat(run("admin", "keys", "--jq", ".keys[].state").out())
        .isEqualTo("retiring\nactive\npending\n");
  }

  private void keyEvents(String state, String... kids) {
    String events =
        Stream.of(kids)
            .map(kid -> "{\"details\":{\"kid\":\"" + kid + "\"}}")
            .collect(Collectors.joining(",", "[", "]"));
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/audit?action=signing-key." + state + "&limit=1000"))
                .willReturn(okJson(events)));
  }

  @Test
  default void audit_sends_its_filters() {
    everythingAnswers(okJson("[]"));

    CommandResult ran =
        run(
            ("admin audit -u bob --actor ann --token pat_1 --jti j --action token.created"
                    + " --after 2026-11-01 --before 2026-11-02T10:00:00Z -c 7")
                .split(" "));

    assertThat(ran.out()).isEqualTo("No events found\n");
    sent(
        getRequestedFor(
            urlEqualTo(
                "/api/auth/audit?user_id=bob&actor=ann&pat_id=pat_1&jti=j&action=token.created"
                    + "&after=2026-11-01&before=2026-11-02T10%3A00Z&limit=7")));
    assertThat(run("admin", "audit", "-c", "0").code()).isEqualTo(2);
  }

  @Test
  default void audit_follows_the_pages_up_to_the_count() {
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/audit?limit=3"))
                .willReturn(
                    okJson("[" + EVENT.formatted(1) + "," + EVENT.formatted(2) + "]")
                        .withHeader("Link", "</api/auth/audit?limit=3&cursor=2>; rel=\"next\"")));
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/audit?limit=3&cursor=2"))
                .willReturn(
                    okJson("[" + EVENT.formatted(3) + "," + EVENT.formatted(4) + "]")
                        .withHeader("Link", "</api/auth/audit?limit=3&cursor=4>; rel=\"next\"")));

    assertThat(run("admin", "audit", "-c", "3", "-q").out()).isEqualTo("1\n2\n3\n");
    assertThat(run("admin", "audit", "-c", "3", "--json-lines", "--json=id").out())
        .isEqualTo("{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}\n");
    assertThat(run("admin", "audit", "-c", "3", "--json=id").out())
        .startsWith("[\n  {\n    \"id\": 1");
  }

  @Test
  default void no_events_are_empty_json() {
    everythingAnswers(okJson("[]"));

    assertThat(run("admin", "audit", "-t", "json").out()).isEqualTo("[]\n");
    assertThat(run("admin", "audit", "--json-lines").out()).isEmpty();
  }

  @Test
  default void keys_need_no_login_and_say_where_they_are_rotated() {
    everythingAnswers(
        okJson(
            """
            {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"k1","x":"AA","y":"AA"}]}
            """));

    CommandResult ran = run("admin", "keys");

    assertThat(ran.out())
        .isEqualTo(
            """
            +--------+-----------+-------+
            | Key ID | Algorithm | State |
            +--------+-----------+-------+
            | k1     | ES256     | -     |
            +--------+-----------+-------+
            """);
    assertThat(ran.err()).contains("rotate-keys");
    sent(getRequestedFor(urlEqualTo("/api/auth/keys")).withHeader("Authorization", absent()));
    assertThat(run("admin", "keys", "--wide").out()).contains("| EC ", "P-256", "sig");
    assertThat(run("admin", "keys", "-q").out()).isEqualTo("k1\n");
    assertThat(run("admin", "keys", "--json=kid").out())
        .isEqualTo("{\n  \"keys\": [\n    {\n      \"kid\": \"k1\"\n    }\n  ]\n}\n");
  }

  @Test
  default void the_policy_is_printed_in_days_and_hours() {
    everythingAnswers(
        okJson(
            """
            {"maximum_lifetime":"PT8760H","default_lifetime":"PT744H","maximum_live_tokens":100,
             "default_grace":"PT24H","maximum_grace":"PT168H"}
            """));

    assertThat(run("admin", "policy").out())
        .isEqualTo(
            """
            Maximum token lifetime: 365 days
            Default token lifetime: 31 days
            Maximum active tokens per user: 100
            Default rotation grace period: 24 hours
            Maximum rotation grace period: 7 days
            """);
    assertThat(run("admin", "policy", "--json=maximum_live_tokens").out())
        .isEqualTo("{\n  \"maximum_live_tokens\": 100\n}\n");
    server().verify(2, getRequestedFor(urlEqualTo("/api/configs/policy")));
  }

  @Test
  default void roles_are_listed() {
    everythingAnswers(okJson("[{\"name\":\"x\",\"description\":\"For x\"}]"));

    assertThat(run("admin", "role", "list").out())
        .isEqualTo(
            """
            +------+-------------+
            | Name | Description |
            +------+-------------+
            | x    | For x       |
            +------+-------------+
            """);
    assertThat(run("admin", "role", "list", "-q").out()).isEqualTo("x\n");
    holds("x", "ann", "bob", "eve");
    assertThat(run("admin", "role", "list", "--wide").out())
        .contains("| x    | For x       | 3     |");
    server().verify(3, getRequestedFor(urlEqualTo("/api/configs/role")));

    everythingAnswers(okJson("[]"));
    assertThat(run("admin", "role", "list").out()).isEqualTo("No roles found\n");
    assertThat(run("admin", "role", "list", "-t", "json").out()).isEqualTo("[]\n");
  }

  @Test
  default void a_role_is_shown_with_its_users() {
    holds("x", "ann", "bob");

    assertThat(run("admin", "role", "get", "x").out())
        .isEqualTo("Role: x\nDescription: For x\nUsers: ann, bob\n");
    assertThat(run("admin", "role", "get", "x", "--json=name,users").out())
        .contains("\"user_id\": \"bob\"");
  }

  @Test
  default void a_role_is_created_with_a_description() {
    everythingAnswers(okJson("{\"name\":\"x\",\"description\":\"For x\"}"));

    assertThat(run("admin", "role", "set", "x", "-d", "For x").out()).isEqualTo("Role set: x\n");
    sent(
        putRequestedFor(urlEqualTo("/api/configs/role/x"))
            .withRequestBody(equalToJson("{\"name\":\"x\",\"description\":\"For x\"}")));
  }

  @Test
  default void a_role_is_deleted() {
    everythingAnswers(okJson("null"));

    assertThat(run("admin", "role", "delete", "x").out()).isEqualTo("Role deleted: x\n");
    sent(deleteRequestedFor(urlEqualTo("/api/configs/role/x")));
  }

  @Test
  default void deleting_a_role_has_a_dry_run() {
    holds("x", "ann", "bob");
    for (String user : new String[] {"ann", "bob"}) {
      server()
          .stubFor(
              get(urlEqualTo("/api/auth/user/" + user + "/roles/x/removal"))
                  .willReturn(
                      okJson(
                          "{\"user_id\":\""
                              + user
                              + "\",\"role_name\":\"x\",\"shrinking\":[],\"emptied\":[]}")));
    }

    assertThat(run("admin", "role", "delete", "x", "--dry-run").out())
        .isEqualTo(
            """
            Would remove role x from ann
              No token changes.
            Would remove role x from bob
              No token changes.
            """);
    server().verify(0, deleteRequestedFor(urlEqualTo("/api/configs/role/x")));
    holds("y");
    assertThat(run("admin", "role", "delete", "y", "--dry-run").out())
        .isEqualTo("No token would change.\n");
    assertThat(run("admin", "role", "delete", "y", "--dry-run", "-t", "json").out())
        .isEqualTo("[]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin audit", "admin policy", "admin role list"})
  default void a_forbidden_command_names_the_administrator(String words) {
    everythingAnswers(problem(403, "You need the role osmo-admin"));

    CommandResult ran = run(words.split(" "));

    assertThat(ran.err()).startsWith("Error: You need the role osmo-admin.");
    assertThat(ran.code()).isEqualTo(7);
  }

  private void holds(String role, String... users) {
    StringBuilder holders = new StringBuilder();
    for (String user : users) {
      holders
          .append(holders.isEmpty() ? "" : ",")
          .append("{\"user_id\":\"")
          .append(user)
          .append("\"}");
    }
    server()
        .stubFor(
            get(urlEqualTo("/api/configs/role/" + role))
                .willReturn(
                    okJson("{\"name\":\"" + role + "\",\"description\":\"For " + role + "\"}")));
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/roles/" + role + "/users"))
                .willReturn(
                    okJson("{\"role_name\":\"" + role + "\",\"users\":[" + holders + "]}")));
  }
}
