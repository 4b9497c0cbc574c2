package dev.osmo.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** For commands that print a new secret: also {@code -q}, the secret alone. */
public class SecretOption extends FormatOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the token.")
  private boolean quiet;

  /**
   * Checks {@code --json} and {@code --jq} before the secret is created, because the secret cannot
   * be printed twice.
   *
   * @param members the fields that the document will have
   * @throws Failure if another field is requested, or the expression does not apply to such a
   *     document
   */
  public void requireFields(String... members) {
    printed(members);
  }

  /**
   * As {@link #requireFields}, for a document with the secret.
   *
   * @param secret the field that has it
   * @throws Failure also if the secret would not be printed
   */
  public void requireSecret(String secret, String... others) {
    List<String> lines =
        printed(Stream.concat(Stream.of(secret), Stream.of(others)).toArray(String[]::new));
    if (jq().isPresent() && lines.stream().noneMatch(line -> line.contains(sample(secret)))) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The --jq expression does not print the new secret, which cannot be printed again",
          "For example: --jq ." + secret);
    }
  }

  private List<String> printed(String... members) {
    ObjectNode shape = Json.object();
    Stream.of(members).forEach(member -> shape.put(member, sample(member)));
    return Document.ofQuery(shape).lines(this);
  }

  /** A value of the same form. */
  private static String sample(String member) {
    if (member.equals("token")) {
      return "osmo_" + "0".repeat(28) + "2duGrq";
    }
    return member.matches(".*_(at|until)") ? "2027-01-01T00:00:00Z" : "sample-" + member;
  }

  boolean isQuiet() {
    return quiet;
  }
}
