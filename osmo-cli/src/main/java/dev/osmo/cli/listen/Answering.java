package dev.osmo.cli.listen;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers requests without a body, several on one connection or one. A client has {@link #LIMIT} to
 * send a request, and to receive the answer.
 */
public final class Answering implements Listener.Service {
  static final Duration LIMIT = Duration.ofSeconds(5);

  private final Function<RequestHead, Answer> answers;
  private final Consumer<Answer> sent;
  private final boolean once;

  private Answering(Function<RequestHead, Answer> answers, Consumer<Answer> sent, boolean once) {
    this.answers = answers;
    this.sent = sent;
    this.once = once;
  }

  public Answering(Function<RequestHead, Answer> answers) {
    this(answers, answer -> {}, false);
  }

  /**
   * Closes each connection after one answer.
   *
   * @param sent is told when the client has received an answer, or has gone away
   */
  public static Answering once(Function<RequestHead, Answer> answers, Consumer<Answer> sent) {
    return new Answering(answers, sent, true);
  }

  @Override
  public void serve(Incoming connection) throws IOException {
    boolean persistent = true;
    while (persistent) {
      connection.limit(LIMIT);
      try {
        Optional<RequestHead> request = RequestHead.read(connection.in());
        if (request.isEmpty()) {
          return;
        }
        persistent = !once && request.get().isPersistent() && hasNoBody(request.get());
        connection.unlimited();
        Answer answer = answered(request.get());
        connection.limit(LIMIT);
        boolean withBody = !request.get().method().equals("HEAD");
        try {
          connection.out().write(answer.bytes(persistent, withBody));
        } finally {
          sent.accept(answer);
        }
      } catch (BadMessage bad) {
        connection.out().write(Answer.of(bad).bytes(false, true));
        return;
      }
    }
  }

  private Answer answered(RequestHead request) {
    if (!hasNoBody(request)) {
      return Answer.problem(413, "bad-request", "The request must not have a body");
    }
    try {
      return answers.apply(request);
    } catch (RuntimeException bug) {
      String name = bug.getClass().getSimpleName();
      return Answer.problem(500, "internal-error", "Internal error in osmo (" + name + ")");
    }
  }

  private static boolean hasNoBody(RequestHead request) {
    return request.body() instanceof Framing.None;
  }
}
