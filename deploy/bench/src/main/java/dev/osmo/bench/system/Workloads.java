package dev.osmo.bench.system;

import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Workload.Request;
import dev.osmo.pat.PatText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of work that are measured at auth-exchange-service. */
public record Workloads(List<String> tokens) {

  private static final String EXCHANGE = "/api/auth/jwt/access_token";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final int STRANGERS = 500;

  public Workloads {
    tokens = List.copyOf(tokens);
  }

  /** Tokens whose secret this process has verified before. */
  public Workload warm() {
    return work("warm-exchange", true, tokens.stream().map(Workloads::exchange));
  }

  /** The same exchanges, through the gateway of the local system. */
  public Workload throughGateway() {
    return work("gateway", true, tokens.stream().map(Workloads::exchange));
  }

  /** The same tokens at an exchange that remembers no verified secret. */
  public Workload cold() {
    return new Workload("cold-exchange", Optional.of("argon2"), true, warm().requests());
  }

  /** Well-formed tokens that nobody has. */
  public Workload unknown() {
    return work("unknown", false, strangers().map(Workloads::exchange));
  }

  /** Tokens that are refused before they are looked for. */
  public Workload malformed() {
    return work("malformed", false, strangers().map(text -> exchange("x" + text)));
  }

  public List<Workload> all() {
    return List.of(
        warm(),
        work("rfc8693", true, tokens.stream().map(Workloads::tokenExchange)),
        work("introspection", true, tokens.stream().map(this::introspection)),
        unknown(),
        malformed(),
        work("key-set", true, Stream.of(new Request("GET", "/api/auth/keys", List.of(), ""))));
  }

  private static Workload work(String name, boolean succeeds, Stream<Request> requests) {
    return new Workload(name, Optional.of("warm-exchange"), succeeds, requests.toList());
  }

  private static Stream<String> strangers() {
    SecureRandom random = new SecureRandom();
    return Stream.generate(() -> PatText.random(random).text()).limit(STRANGERS);
  }

  private static Request exchange(String token) {
    return new Request(
        "POST",
        EXCHANGE,
        List.of("Content-Type: application/json"),
        "{\"token\":\"" + token + "\"}");
  }

  private static Request tokenExchange(String token) {
    return new Request(
        "POST",
        "/oauth2/token",
        List.of(FORM),
        "grant_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:grant-type:token-exchange", StandardCharsets.UTF_8)
            + "&subject_token_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:token-type:access_token", StandardCharsets.UTF_8)
            + "&subject_token="
            + token);
  }

  private Request introspection(String token) {
    return new Request(
        "POST",
        "/oauth2/introspect",
        List.of(FORM, "Authorization: Bearer " + token),
        "token=" + token);
  }
}
