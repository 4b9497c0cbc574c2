package dev.osmo.exchange.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.osmo.exchange.outgoing.OutgoingRequest;
import dev.osmo.http.start.SecretFile;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** The secret of a confidential client at its provider. */
record ClientSecret(String text) {

  /** Reads the file, or stops the start with the reason. */
  static ClientSecret read(Path path) {
    SecretFile file = new SecretFile("client secret file", path);
    List<String> lines = file.lines();
    if (lines.size() != 1) {
      throw file.refused("must contain exactly one line");
    }
    return new ClientSecret(lines.getFirst());
  }

  /** The value of {@code Authorization} (RFC 6749, section 2.3.1). */
  String basic(String clientId) {
    String pair = OutgoingRequest.encoded(clientId) + ':' + OutgoingRequest.encoded(text);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "client secret";
  }
}
