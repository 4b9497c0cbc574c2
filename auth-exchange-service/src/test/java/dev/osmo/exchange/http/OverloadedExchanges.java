package dev.osmo.exchange.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.pat.PatText;
import dev.osmo.testkit.process.ServiceProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exchanges of unknown tokens, none of which waits for the others. */
final class OverloadedExchanges {

  private static final Pattern REFUSED_BY_THE_SERVER =
      Pattern.compile(
          "^http_server_requests_seconds_count\\{.*status=\"503\".*} ([0-9.]+)$",
          Pattern.MULTILINE);

  private final ServiceProcess service;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();

  OverloadedExchanges(ServiceProcess service) {
    this.service = service;
  }

  CompletableFuture<HttpResponse<String>> send() {
    String token = PatText.random(new SecureRandom()).text();
    HttpRequest request =
        HttpRequest.newBuilder(service.address().resolve(Exchanges.PATH))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}", UTF_8))
            .build();
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request, BodyHandlers.ofString());
    sent.add(response);
    return response;
  }

  void send(int count) {
    for (int i = 0; i < count; i++) {
      CompletableFuture<HttpResponse<String>> unused = send();
    }
  }

  /** The responses that have come. */
  List<HttpResponse<String>> answered() {
    return sent.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
  }

  /** All responses; waits for them. */
  List<HttpResponse<String>> all() {
    return sent.stream().map(CompletableFuture::join).toList();
  }

  /** Refusals that reached the HTTP server, and so cost as much as an exchange. */
  double refusalsByTheServer() {
    Matcher counted = REFUSED_BY_THE_SERVER.matcher(service.metrics());
    return counted.find() ? Double.parseDouble(counted.group(1)) : 0;
  }
}
