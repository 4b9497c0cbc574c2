package dev.osmo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.client.ExchangeException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeExceptionTest {

  /** As every exception should: test runners and job systems send them between processes. */
  @Test
  void it_survives_serialization() throws Exception {
    ExchangeException sent =
        new ExchangeException(Kind.UNAVAILABLE, "busy", Optional.of(Duration.ofSeconds(7)));

    ExchangeException received = copy(sent);

    assertThat(received).hasMessage("busy");
    assertThat(received.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(received.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(copy(new ExchangeException("away", new Exception())).retryAfter()).isEmpty();
  }

  @SuppressWarnings("BanSerializableRead")
  private static ExchangeException copy(ExchangeException sent) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ExchangeException) in.readObject();
    }
  }
}
