package dev.osmo.cli.listen;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a program on this machine sent a request. A page in a browser, and a proxy that passes on
 * requests of others, must not use what this machine may do: the {@code Host} is of this machine,
 * so that no name of another site can be made to lead here, and no field is one that only browsers
 * and proxies send.
 */
public final class LocalRequest {
  private static final Pattern HOST =
      Pattern.compile("(?i)(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");
  private static final Pattern FOREIGN =
      Pattern.compile("(?i)origin|sec-fetch-.*|forwarded|x-forwarded-.*");

  private LocalRequest() {}

  /** Empty if the request is allowed. */
  public static Optional<Answer> refusal(Head head) {
    if (!HOST.matcher(head.first("Host").orElse("")).matches()) {
      return Optional.of(refused("The Host header must be localhost or a loopback address"));
    }
    return head.fields().stream().anyMatch(field -> FOREIGN.matcher(field.name()).matches())
        ? Optional.of(refused("The request comes from a browser or through a proxy"))
        : Optional.empty();
  }

  public static Answer refused(String why) {
    return Answer.problem(403, "not-local", why);
  }
}
