package dev.osmo.token.pat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.issuer.SubjectFormat;
import dev.osmo.http.issuer.TrustedIssuer;
import dev.osmo.http.issuer.TrustedIssuers;
import dev.osmo.http.problem.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedTrustTest {

  private static final TrustedIssuers ISSUERS =
      new TrustedIssuers(
          List.of(
              issuer("github", "https://github.test", Optional.of(SubjectFormat.GITHUB)),
              issuer("gitlab", "https://gitlab.test", Optional.of(SubjectFormat.GITLAB)),
              issuer("cluster-1", "https://k8s.test", Optional.of(SubjectFormat.KUBERNETES)),
              issuer("plain", "https://plain.test", Optional.empty())));

  private static TrustedIssuer issuer(String name, String claim, Optional<SubjectFormat> subjects) {
    return new TrustedIssuer(name, claim, "aud-" + name, subjects, Optional.empty(), Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "github:acme/app@refs/heads/main | https://github.test | aud-github |"
            + " repo:acme/app:ref:refs/heads/main",
        "github:acme/app@refs/tags/v1.0 | https://github.test | aud-github |"
            + " repo:acme/app:ref:refs/tags/v1.0",
        "github:a-b/c_d.e@refs/heads/a/b@c | https://github.test | aud-github |"
            + " repo:a-b/c_d.e:ref:refs/heads/a/b@c",
        "github:acme@12/app@34@refs/heads/main | https://github.test | aud-github |"
            + " repo:acme@12/app@34:ref:refs/heads/main",
        "github:acme@12/app@34@refs/tags/v@1 | https://github.test | aud-github |"
            + " repo:acme@12/app@34:ref:refs/tags/v@1",
        "gitlab:g/sub/p@refs/heads/main | https://gitlab.test | aud-gitlab |"
            + " project_path:g/sub/p:ref_type:branch:ref:main",
        "gitlab:g/p@refs/tags/v1 | https://gitlab.test | aud-gitlab |"
            + " project_path:g/p:ref_type:tag:ref:v1",
        "cluster-1:jobs/nightly | https://k8s.test | aud-cluster-1 |"
            + " system:serviceaccount:jobs:nightly",
        "plain:anything:else | https://plain.test | aud-plain | anything:else",
        "issuer=https://plain.test,subject=CN=a,O=b | https://plain.test | aud-plain | CN=a,O=b",
        "issuer=https://github.test,subject=repo:acme/app:environment:prod | https://github.test |"
            + " aud-github | repo:acme/app:environment:prod"
      })
  void a_workload_is_one_issuer_audience_and_subject(
      String text, String issuer, String audience, String subject) {
    assertThat(new RequestedTrust(text).decide(ISSUERS))
        .isEqualTo(new WorkloadTrust(issuer, audience, subject));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "github",
        "github:",
        "github:acme/app",
        "github:acme/app@main",
        "github:acme@12/app@refs/heads/main",
        "github:acme/app@34@refs/heads/main",
        "github:acme@12/app@x@refs/heads/main",
        "github:acme@/app@34@refs/heads/main",
        "github:acme@12@3/app@34@refs/heads/main",
        "github:acme/app@refs/heads/",
        "github:acme/app@refs/pull/1/merge",
        "github:acme/*@refs/heads/main",
        "github:acme/app@refs/heads/*",
        "github:acme/app@refs/heads/ma?n",
        "github:acme/app:ref:refs/heads/x@refs/heads/main",
        "github:acme/app@refs/heads/main:environment:prod",
        "github:acme/app/more@refs/heads/main",
        "github:acme@refs/heads/main",
        "github:acme/app@refs/heads/main ",
        " github:acme/app@refs/heads/main",
        "github:acme/app@refs/heads/main\n",
        "github:acme/app@refs/heads/main\0",
        "gitlab:p@refs/heads/main",
        "gitlab:g/p:ref_type:branch:ref:x@refs/heads/main",
        "cluster-1:jobs",
        "cluster-1:jobs/nightly/more",
        "cluster-1:jobs/night:ly",
        "cluster-1:Jobs/nightly",
        "unknown:x",
        "plain:*",
        "issuer=https://plain.test",
        "issuer=https://plain.test,subject=",
        "issuer=https://plain.test,subject=a*",
        "issuer=https://plain.test/,subject=a",
        "issuer=https://elsewhere.test,subject=a",
        "issuer=https://plain.test,audience=other,subject=a",
        "subject=a,issuer=https://plain.test"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> new RequestedTrust(text).decide(ISSUERS))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void a_text_that_is_too_long_is_refused() {
    assertThatThrownBy(() -> new RequestedTrust("plain:" + "x".repeat(520)).decide(ISSUERS))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void the_refusal_names_the_trusted_issuers() {
    assertThatThrownBy(() -> new RequestedTrust("unknown:x").decide(ISSUERS))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().detail())
                    .isEqualTo(
                        "This issuer is not trusted. Trusted issuers: github, gitlab, cluster-1,"
                            + " plain."));
    assertThatThrownBy(() -> new RequestedTrust("github:x").decide(new TrustedIssuers(List.of())))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().detail())
                    .isEqualTo(
                        "This issuer is not trusted. The operator has configured no trusted"
                            + " issuer."));
  }
}
