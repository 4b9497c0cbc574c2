package dev.osmo.cli;

import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A person signs in with the command, at a server and in a browser that the test controls. */
interface SignInScene extends CommandContract {
  Duration DEADLINE = Duration.ofMinutes(10);

  default TestBrowser browser() {
    TestBrowser browser = TestBrowser.in(home());
    variable("BROWSER", browser.program().toString());
    return browser;
  }

  default CompletableFuture<CommandResult> start(String... args) {
    return inBackground(() -> run(args));
  }

  /** In a thread of its own: the common pool may have one only, in which another login waits. */
  default <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  /** Signs in with the browser. */
  default CommandResult signIn(String refreshToken, String jwt) throws Exception {
    offers(Map.of());
    tokensAre(refreshToken, jwt);
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");
    browser.comesBack(Map.of("code", "c", "state", browser.parameters().get("state")));
    CommandResult ran = login.get();
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  default SignInServer provider() {
    return new SignInServer(server());
  }

  default void offers(Map<String, Object> changes) {
    provider().offers(changes);
  }

  default void tokensAre(String refreshToken, String jwt) {
    provider().tokenEndpoint(tokens(refreshToken, jwt));
  }

  /** The fields of the only request of this kind. */
  default Map<String, String> formOf(RequestPatternBuilder request) {
    assertThat(server().findAll(request)).hasSize(1);
    return Arrays.stream(server().findAll(request).getFirst().getBodyAsString().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
