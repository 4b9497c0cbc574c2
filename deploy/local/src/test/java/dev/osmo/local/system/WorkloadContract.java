package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Workloads of three platforms use access tokens without a secret, with the real command: each
 * presents its token in the way of its platform. Almost the same workload is refused, and sees what
 * it presented.
 */
final class WorkloadContract {
  private static final String OWNER = "pipelines@example.com";
  private static final String MAIN = "repo:acme/app:ref:refs/heads/main";
  private static final String NUMBERED = "repo:acme@12/app@34:ref:refs/heads/main";
  private static final String GITLAB_MAIN = "project_path:acme/app:ref_type:branch:ref:main";
  private static final String NIGHTLY = "system:serviceaccount:jobs:nightly";
  private static final String ELSEWHERE = "https://elsewhere.example.com";

  private final RunningStack stack;
  private final Platforms platforms;
  private final Path folder;

  WorkloadContract(RunningStack stack, Platforms platforms, Path folder) {
    this.stack = stack;
    this.platforms = platforms;
    this.folder = folder;
  }

  Stream<DynamicTest> checks() {
    return Stream.of(
        dynamicTest("workloads: a user creates tokens that trust them", this::prepare),
        dynamicTest("workloads: GitHub Actions", this::github),
        dynamicTest("workloads: GitHub Actions with immutable subjects", this::numbered),
        dynamicTest("workloads: GitLab CI", this::gitlab),
        dynamicTest("workloads: Kubernetes", this::kubernetes));
  }

  private void prepare() throws Exception {
    JsonObject owner =
        new JsonObject().put("id", OWNER).put("roles", new JsonArray(List.of("osmo-user")));
    assertThat(admin().post("/api/auth/user", owner).status()).isEqualTo(200);
    Path pat = folder.resolve("token-of-" + OWNER);
    Files.writeString(
        pat, admin().postEmpty("/api/auth/user/" + OWNER + "/access_token/own").text());
    OsmoCommand osmo = new OsmoCommand(folder.resolve("owner-of-pipelines"));
    osmo.ok("login", stack.url(), "--method=token", "--token-file=" + pat);

    trust(osmo, "github", "github:acme/app@refs/heads/main");
    trust(osmo, "numbered", "github:acme@12/app@34@refs/heads/main");
    trust(osmo, "gitlab", "gitlab:acme/app@refs/heads/main");
    trust(osmo, "kubernetes", "kubernetes:jobs/nightly");
  }

  private static void trust(OsmoCommand osmo, String name, String workload) throws Exception {
    assertThat(osmo.ok("token", "set", name, "--trust", workload)).contains("Trusts: " + workload);
  }

  private Http admin() throws Exception {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private void github() throws Exception {
    accepted("github", job(MAIN));

    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    for (String subject :
        List.of(
            "repo:acme/other:ref:refs/heads/main",
            "repo:mallory/app:ref:refs/heads/main",
            "repo:acme/app:pull_request",
            "repo:acme/app:ref:refs/heads/main-2",
            "repo:acme/app:ref:refs/heads/mai",
            "repo:acme/app:ref:refs/tags/main",
            "repo:acme/app:environment:main",
            NUMBERED)) {
      others.put("the subject " + subject, job(subject));
    }
    Map<String, String> forAnother = new HashMap<>(job(MAIN));
    forAnother.put("OSMO_WORKLOAD_AUDIENCE", ELSEWHERE);
    others.put("the audience " + ELSEWHERE, forAnother);
    refused("github", others);
  }

  /** A repository that is created with the name of a deleted one has other numbers. */
  private void numbered() throws Exception {
    accepted("numbered", job(NUMBERED));

    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    for (String subject :
        List.of(
            MAIN,
            "repo:acme@12/app@35:ref:refs/heads/main",
            "repo:acme@13/app@34:ref:refs/heads/main")) {
      others.put("the subject " + subject, job(subject));
    }
    refused("numbered", others);
  }

  private Map<String, String> job(String subject) {
    return platforms.variablesOfJob(subject);
  }

  private void gitlab() throws Exception {
    accepted("gitlab", variable(platforms.token(Platforms.GITLAB, GITLAB_MAIN)));

    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    for (String subject :
        List.of(
            "project_path:acme/other:ref_type:branch:ref:main",
            "project_path:acme/app/sub:ref_type:branch:ref:main",
            "project_path:acme/app:ref_type:branch:ref:main2",
            "project_path:acme/app:ref_type:tag:ref:main")) {
      others.put("the subject " + subject, variable(platforms.token(Platforms.GITLAB, subject)));
    }
    others.put(
        "the audience " + ELSEWHERE,
        variable(platforms.token(Platforms.GITLAB, Platforms.GITLAB, GITLAB_MAIN, ELSEWHERE)));
    others.put(
        "the issuer " + platforms.issuer(Platforms.GITLAB),
        variable(platforms.token(Platforms.GITLAB, Platforms.GITHUB, GITLAB_MAIN, stack.url())));
    refused("gitlab", others);
  }

  private static Map<String, String> variable(String token) {
    return Map.of("OSMO_WORKLOAD_TOKEN", token);
  }

  private void kubernetes() throws Exception {
    accepted("kubernetes", file("right", platforms.token(Platforms.KUBERNETES, NIGHTLY)));

    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    for (String subject :
        List.of(
            "system:serviceaccount:jobs2:nightly",
            "system:serviceaccount:jobs:daily",
            "system:serviceaccount:jobs:nightl",
            "system:serviceaccount:jobs:nightly-2")) {
      others.put(
          "the subject " + subject,
          file("other-" + others.size(), platforms.token(Platforms.KUBERNETES, subject)));
    }
    others.put(
        "the audience " + ELSEWHERE,
        file(
            "audience",
            platforms.token(Platforms.KUBERNETES, Platforms.KUBERNETES, NIGHTLY, ELSEWHERE)));
    others.put(
        "the issuer " + platforms.issuer(Platforms.GITLAB),
        file("issuer", platforms.token(Platforms.GITLAB, NIGHTLY)));
    refused("kubernetes", others);
  }

  private Map<String, String> file(String name, String token) throws IOException {
    Path file = Files.writeString(folder.resolve("workload-" + name), token);
    return Map.of("OSMO_WORKLOAD_TOKEN_FILE", file.toString());
  }

  private void accepted(String pat, Map<String, String> workload) throws Exception {
    OsmoCommand.Run ran = start(pat, workload, pat).get();
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(new Http(stack.url(), ran.out().strip()).claims().getString("sub")).isEqualTo(OWNER);
  }

  /** All at the same time, because each is a process. The keys say what the command prints. */
  private void refused(String pat, Map<String, Map<String, String>> workloads) throws Exception {
    Map<String, CompletableFuture<OsmoCommand.Run>> runs = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, String>> each : workloads.entrySet()) {
      runs.put(each.getKey(), start(pat, each.getValue(), pat + "-" + runs.size()));
    }
    for (Map.Entry<String, CompletableFuture<OsmoCommand.Run>> each : runs.entrySet()) {
      OsmoCommand.Run ran = each.getValue().get();
      assertThat(ran.err()).contains("does not trust this workload", each.getKey());
      assertThat(ran.out()).isEmpty();
      assertThat(ran.exitCode()).as(each.getKey()).isEqualTo(4);
    }
  }

  private CompletableFuture<OsmoCommand.Run> start(
      String pat, Map<String, String> workload, String config) {
    Map<String, String> variables = new HashMap<>(workload);
    variables.put("OSMO_URL", stack.url());
    variables.put("OSMO_WORKLOAD_PAT", OWNER + "/" + pat);
    return new OsmoCommand(folder.resolve("pipeline-" + config)).start(variables, "auth", "token");
  }
}
