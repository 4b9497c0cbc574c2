package dev.osmo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The API of a Kubernetes cluster with one Secret, over HTTPS: it compares resource versions, and
 * answers 409 to a change of an older state.
 */
final class ClusterServer implements AutoCloseable {
  static final String PATH = "/api/v1/namespaces/pipelines/secrets/osmo-pipeline-token";
  private static final String ACCOUNT_TOKEN = "service-account-token";

  private final HttpsServer https;
  private final TestCertificate certificate;
  private final List<String> values = new CopyOnWriteArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();
  private ObjectNode secret;
  private long version = 7;
  private Consumer<ClusterServer> beforeNextWrite = server -> {};

  ClusterServer(String value) throws IOException, GeneralSecurityException {
    certificate = TestCertificate.of("localhost");
    secret =
        (ObjectNode)
            Contracts.json(
                """
                {"kind":"Secret","metadata":{"name":"osmo-pipeline-token","uid":"u"},
                 "type":"Opaque","data":{"other":"b3RoZXI="}}""");
    set(value);
    https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    https.setHttpsConfigurator(new HttpsConfigurator(tls()));
    https.createContext("/", this::handle);
    https.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    https.start();
  }

  private SSLContext tls() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    char[] password = TestCertificate.PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(certificate.keys())) {
      keys.load(in, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** What the kubelet gives to a pod. */
  Map<String, String> pod(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("token"), ACCOUNT_TOKEN);
    Files.writeString(folder.resolve("namespace"), "pipelines");
    Files.copy(
        certificate.authority(), folder.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
    return Map.of(
        "KUBERNETES_SERVICE_HOST", "localhost",
        "KUBERNETES_SERVICE_PORT", Integer.toString(https.getAddress().getPort()),
        "OSMO_SERVICE_ACCOUNT_DIR", folder.toString());
  }

  /** The current token in the Secret. */
  synchronized String value() {
    return new String(
        Base64.getDecoder().decode(secret.path("data").path("token").asText()),
        StandardCharsets.UTF_8);
  }

  synchronized JsonNode secret() {
    return secret.deepCopy();
  }

  /** Each token that was ever in the Secret. */
  List<String> values() {
    return List.copyOf(values);
  }

  /** As another user would change it. */
  synchronized void set(String value) {
    ((ObjectNode) secret.path("data"))
        .put("token", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    values.add(value);
    touch();
  }

  synchronized void annotate(String key, String value) {
    ObjectNode metadata = (ObjectNode) secret.path("metadata");
    ObjectNode annotations =
        metadata.path("annotations") instanceof ObjectNode there
            ? there
            : metadata.putObject("annotations");
    annotations.put(key, value);
    touch();
  }

  private void touch() {
    version++;
    ((ObjectNode) secret.path("metadata")).put("resourceVersion", Long.toString(version));
  }

  /** The next changes are made, but the client does not learn it. */
  void loseResponses(int number) {
    lost.set(number);
  }

  /** Runs once, before the next change of the token. */
  synchronized void beforeNextWrite(Consumer<ClusterServer> change) {
    beforeNextWrite = change;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean known =
        ("Bearer " + ACCOUNT_TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!known) {
      respond(exchange, 401, "{}");
    } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
      respond(exchange, 403, "{}");
    } else if (exchange.getRequestMethod().equals("GET")) {
      respond(exchange, 200, secret().toString());
    } else {
      put(exchange, (ObjectNode) Contracts.json(new String(body, StandardCharsets.UTF_8)));
    }
  }

  private void put(HttpExchange exchange, ObjectNode wanted) throws IOException {
    boolean written;
    synchronized (this) {
      boolean ofToken =
          !wanted.path("data").path("token").equals(secret.path("data").path("token"));
      if (ofToken) {
        Consumer<ClusterServer> change = beforeNextWrite;
        beforeNextWrite = server -> {};
        change.accept(this);
      }
      String basis = wanted.path("metadata").path("resourceVersion").asText();
      written = basis.equals(Long.toString(version));
      if (written) {
        secret = wanted.deepCopy();
        values.add(value());
        touch();
      }
    }
    if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.close();
    } else {
      respond(exchange, written ? 200 : 409, secret().toString());
    }
  }

  private static void respond(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    https.stop(0);
  }
}
