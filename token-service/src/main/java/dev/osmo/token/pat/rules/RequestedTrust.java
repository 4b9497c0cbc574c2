package dev.osmo.token.pat.rules;

import dev.osmo.http.issuer.SubjectFormat;
import dev.osmo.http.issuer.TrustedIssuer;
import dev.osmo.http.issuer.TrustedIssuers;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.problem.RefusedException;
import dev.osmo.token.problem.TokenProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workload as a user names it: {@code NAME:WORKLOAD} with the operator's name of an issuer, or
 * {@code issuer=URL,subject=SUBJECT}.
 *
 * <ol>
 *   <li>The issuer is a trusted one, and the operator chooses the audience: a token for another
 *       system must not be of use here.
 *   <li>The result is one exact subject. Patterns are refused, because one character can open a
 *       token to every repository of a forge.
 *   <li>No part of the text can change the structure of the subject: no part contains its
 *       separator.
 * </ol>
 */
public record RequestedTrust(String text) {

  private static final int LONGEST = 512;

  private static final Pattern NAMED = Pattern.compile("(?<name>[a-z][a-z0-9-]*):(?<workload>.+)");
  private static final Pattern EXACT =
      Pattern.compile("issuer=(?<issuer>[^,]+),subject=(?<subject>.+)");
  private static final Pattern UNSAFE = Pattern.compile("[*?\\p{Cntrl}\\p{Space}]");

  private static final String SEGMENT = "[A-Za-z0-9_.-]+";
  private static final String REF = "refs/(?<kind>heads|tags)/(?<ref>[^\\s:*?~^\\\\\\[]+)";
  private static final String NUMBERED = SEGMENT + "@[0-9]+";
  private static final Pattern GITHUB =
      Pattern.compile(
          "(?<project>%s/%s|%s/%s)@%s".formatted(SEGMENT, SEGMENT, NUMBERED, NUMBERED, REF));
  private static final Pattern GITLAB =
      Pattern.compile("(?<project>%s(?:/%s)+)@%s".formatted(SEGMENT, SEGMENT, REF));
  private static final String LABEL = "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?";
  private static final Pattern KUBERNETES =
      Pattern.compile("(?<namespace>%s)/(?<account>%s)".formatted(LABEL, LABEL));

  /** Returns what to store, or fails with a refusal. */
  public WorkloadTrust decide(TrustedIssuers issuers) {
    if (text.length() > LONGEST || UNSAFE.matcher(text).find()) {
      throw invalid(
          "trust must not contain spaces or patterns (* and ?), and has at most 512 characters."
              + " It names exactly one workload.");
    }
    Matcher exact = EXACT.matcher(text);
    return exact.matches() ? exact(exact, issuers) : named(issuers);
  }

  private static WorkloadTrust exact(Matcher exact, TrustedIssuers issuers) {
    TrustedIssuer issuer =
        issuers.find(exact.group("issuer")).orElseThrow(() -> notTrusted(issuers));
    return new WorkloadTrust(issuer.issuer(), issuer.audience(), exact.group("subject"));
  }

  private WorkloadTrust named(TrustedIssuers issuers) {
    Matcher named = NAMED.matcher(text);
    if (!named.matches()) {
      throw invalid(
          "trust must be NAME:WORKLOAD or issuer=URL,subject=SUBJECT. " + available(issuers));
    }
    TrustedIssuer issuer =
        issuers.named(named.group("name")).orElseThrow(() -> notTrusted(issuers));
    String workload = named.group("workload");
    return new WorkloadTrust(
        issuer.issuer(),
        issuer.audience(),
        issuer.subjects().map(format -> subject(format, workload)).orElse(workload));
  }

  private static String subject(SubjectFormat format, String workload) {
    return switch (format) {
      case GITHUB -> github(workload);
      case GITLAB -> gitlab(workload);
      case KUBERNETES -> kubernetes(workload);
    };
  }

  /**
   * GitHub Actions: the subject of a run for a branch or a tag. In repositories since July 2026, it
   * has the numbers of the owner and the repository beside their names.
   */
  private static String github(String workload) {
    Matcher match = match(GITHUB, workload, "OWNER/REPOSITORY@refs/heads/BRANCH");
    return "repo:%s:ref:refs/%s/%s"
        .formatted(match.group("project"), match.group("kind"), match.group("ref"));
  }

  /** GitLab CI: the subject of a job for a branch or a tag. */
  private static String gitlab(String workload) {
    Matcher match = match(GITLAB, workload, "GROUP/PROJECT@refs/heads/BRANCH");
    return "project_path:%s:ref_type:%s:ref:%s"
        .formatted(
            match.group("project"),
            match.group("kind").equals("tags") ? "tag" : "branch",
            match.group("ref"));
  }

  private static String kubernetes(String workload) {
    Matcher match = match(KUBERNETES, workload, "NAMESPACE/SERVICEACCOUNT");
    return "system:serviceaccount:%s:%s"
        .formatted(match.group("namespace"), match.group("account"));
  }

  private static Matcher match(Pattern pattern, String workload, String form) {
    Matcher match = pattern.matcher(workload);
    if (!match.matches()) {
      throw invalid("After the name of this issuer, trust must have the form " + form + ".");
    }
    return match;
  }

  private static RefusedException notTrusted(TrustedIssuers issuers) {
    return invalid("This issuer is not trusted. " + available(issuers));
  }

  private static String available(TrustedIssuers issuers) {
    return issuers.all().isEmpty()
        ? "The operator has configured no trusted issuer."
        : "Trusted issuers: "
            + String.join(", ", issuers.all().stream().map(TrustedIssuer::name).toList())
            + ".";
  }

  private static RefusedException invalid(String why) {
    return new Refusal(TokenProblem.INVALID_FIELD, why).toException();
  }
}
