package dev.osmo.bench.system;

import dev.osmo.bench.ceiling.Ceiling;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Workload.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The kinds of work that are measured at token-service.
 *
 * @param ownersOfTen JWTs of users with 10 tokens each
 * @param ownersOfHundred JWTs of users with 100 tokens each
 * @param makers JWTs of users who create and rotate tokens
 */
public record TokenWorkloads(
    List<String> ownersOfTen, List<String> ownersOfHundred, List<String> makers) {

  /** The names of {@link #all}. */
  public static final List<String> NAMES = List.of("list-10", "list-100", "create", "rotate");

  private static final String TOKENS = "/api/auth/access_token";
  private static final Optional<String> HASHES = Optional.of("argon2");

  public TokenWorkloads {
    ownersOfTen = List.copyOf(ownersOfTen);
    ownersOfHundred = List.copyOf(ownersOfHundred);
    makers = List.copyOf(makers);
  }

  public Workload listOfTen() {
    return list("list-10", ownersOfTen);
  }

  public List<Workload> all() {
    return List.of(listOfTen(), list("list-100", ownersOfHundred), create(), rotate());
  }

  /** For the ceiling program: what bounds the rate of new secrets. */
  public static Workload hashes() {
    return new Workload(
        "argon2", HASHES, true, List.of(new Request("POST", Ceiling.HASH, List.of(), "")));
  }

  private static Workload list(String name, List<String> owners) {
    return new Workload(
        name,
        Optional.empty(),
        true,
        owners.stream().map(jwt -> request("GET", TOKENS, jwt)).toList());
  }

  public Workload create() {
    return new Workload(
        "create",
        HASHES,
        true,
        makers.stream().map(jwt -> request("POST", TOKENS + "/n{n}", jwt)).toList());
  }

  /** Each maker rotates another token than the calling one. */
  private Workload rotate() {
    return new Workload(
        "rotate",
        HASHES,
        true,
        IntStream.rangeClosed(1, makers.size())
            .mapToObj(
                n ->
                    request(
                        "POST",
                        "%s/t%d/rotate?grace=0".formatted(TOKENS, n + makers.size()),
                        makers.get(n - 1)))
            .toList());
  }

  private static Request request(String method, String path, String jwt) {
    return new Request(method, path, List.of("Authorization: Bearer " + jwt), "");
  }
}
