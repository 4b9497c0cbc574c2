package dev.osmo.cli.signin;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.NewSession;
import dev.osmo.cli.session.ProviderSignIn;
import dev.osmo.cli.tty.Spinner;
import dev.osmo.cli.tty.StandardStream;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs in on another device: the person opens a page there and types a code (RFC 8628). */
@Singleton
class DeviceSignIn {
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final int SERVER_ERRORS = 500;

  private final Server server;
  private final Terminal terminal;
  private final Clock clock;

  DeviceSignIn(Server server, Terminal terminal, Clock clock) {
    this.server = server;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Waits for the person, at most until the code expires. */
  NewSession signIn(Offer offer) {
    RandomText verifier = RandomText.create();
    DeviceCode code = start(offer, verifier);
    show(code);
    Spinner spinner = terminal.waiting("Waiting for you to sign in");
    try (spinner) {
      return poll(offer, code, verifier);
    }
  }

  private DeviceCode start(Offer offer, RandomText verifier) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", offer.deviceClient());
    form.put("scope", offer.scope());
    // RFC 8628 has no PKCE. Some providers require it, the others ignore it.
    form.put("code_challenge", verifier.challenge());
    form.put("code_challenge_method", "S256");
    ServerResponse response =
        server.send(offer.server(), OsmoApi.deviceAuthorization(form), Optional.empty());
    if (!response.isOk()) {
      throw SignInRefused.because(response.problem());
    }
    return DeviceCode.from(response.json());
  }

  private void show(DeviceCode code) {
    terminal.message("To sign in, open this page on any device:");
    terminal.message(code.page().text());
    terminal.message("and enter the code: " + code.userCode());
    if (StandardStream.isTerminal(2)) {
      QrPicture.of(code.completePage().text(), StandardStream.columns(2))
          .forEach(terminal::message);
    }
  }

  private NewSession poll(Offer offer, DeviceCode code, RandomText verifier) {
    Duration interval = code.interval();
    long end = System.nanoTime() + code.life().toNanos();
    while (System.nanoTime() - end < 0) {
      pause(interval);
      Optional<ServerResponse> answered = ask(offer, code, verifier);
      if (answered.isEmpty()) {
        interval = interval.plus(SLOWER);
        continue;
      }
      ServerResponse response = answered.get();
      if (response.isOk()) {
        return NewSession.from(
            response.json(),
            new ProviderSignIn(offer.provider(), offer.deviceClient(), clock.instant()));
      }
      switch (response.problem().type()) {
        case "authorization_pending" -> {}
        case "slow_down" -> interval = interval.plus(SLOWER);
        case "expired_token" -> throw expired();
        default -> throw SignInRefused.because(response.problem());
      }
    }
    throw expired();
  }

  /**
   * Empty if the server cannot be reached at the moment: the person may be signing in meanwhile
   * (RFC 8628, section 3.5).
   */
  private Optional<ServerResponse> ask(Offer offer, DeviceCode code, RandomText verifier) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    form.put("client_id", offer.deviceClient());
    form.put("device_code", code.secret());
    form.put("code_verifier", verifier.text());
    try {
      ServerResponse response = server.send(offer.server(), OsmoApi.redeem(form), Optional.empty());
      return response.status() < SERVER_ERRORS
          ? Optional.of(response)
          : unavailable(response.problem().asFailure());
    } catch (Failure unreachable) {
      if (unreachable.exitCode() != ExitCode.SERVER_ERROR) {
        throw unreachable;
      }
      return unavailable(unreachable);
    }
  }

  private Optional<ServerResponse> unavailable(Failure failure) {
    terminal.message(failure.what() + ". Trying again.");
    return Optional.empty();
  }

  private static void pause(Duration interval) {
    try {
      Thread.sleep(interval);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }

  private static Failure expired() {
    return Failure.of(
        ExitCode.NOT_AUTHENTICATED,
        "The code has expired",
        "Try again: osmo login <url> --method=code");
  }
}
