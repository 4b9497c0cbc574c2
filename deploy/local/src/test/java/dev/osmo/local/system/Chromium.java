package dev.osmo.local.system;

import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Headless Chromium with one page, controlled by the Chrome DevTools Protocol. */
final class Chromium implements AutoCloseable {
  private final Process process;
  private final HttpClient http;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> answers;
  private final AtomicInteger ids = new AtomicInteger();

  private Chromium(
      Process process, HttpClient http, WebSocket socket, BlockingQueue<JsonObject> answers) {
    this.process = process;
    this.http = http;
    this.socket = socket;
    this.answers = answers;
  }

  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
  }

  /**
   * Starts it.
   *
   * @param profile a folder that does not exist
   */
  static Chromium start(Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return connected(process, profile);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      end(process);
      throw failed;
    }
  }

  private static Chromium connected(Process process, Path profile)
      throws IOException, InterruptedException {
    Path port = profile.resolve("DevToolsActivePort");
    await()
        .atMost(Patience.LONG)
        .until(() -> Files.exists(port) && Files.readString(port).contains("\n"));
    HttpClient http = HttpClient.newHttpClient();
    URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list");
    await().atMost(Patience.LONG).until(() -> pages(http, list).findFirst().isPresent());
    BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(pages(http, list).findFirst().orElseThrow()), into(answers))
            .join();
    return new Chromium(process, http, socket, answers);
  }

  private static Stream<String> pages(HttpClient http, URI list)
      throws IOException, InterruptedException {
    String response =
        http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
    return new JsonArray(response)
        .stream()
            .map(JsonObject.class::cast)
            .filter(target -> target.getString("type").equals("page"))
            .map(target -> target.getString("webSocketDebuggerUrl"));
  }

  private static WebSocket.Listener into(BlockingQueue<JsonObject> answers) {
    StringBuilder text = new StringBuilder();
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
          answers.add(new JsonObject(text.toString()));
          text.setLength(0);
        }
        webSocket.request(1);
        return null;
      }
    };
  }

  void open(URI page) throws InterruptedException {
    call("Page.navigate", new JsonObject().put("url", page.toString()));
  }

  /** Runs a script in the page and returns its value, or that of the promise that it returns. */
  Object run(String script) throws InterruptedException {
    JsonObject result =
        call(
                "Runtime.evaluate",
                new JsonObject()
                    .put("expression", script)
                    .put("awaitPromise", true)
                    .put("returnByValue", true))
            .getJsonObject("result", new JsonObject());
    return result.getJsonObject("result", new JsonObject()).getValue("value");
  }

  /** Waits until a script is true. The page may navigate in between. */
  void awaitTrue(String script) {
    await(script).atMost(Patience.LONG).until(() -> Boolean.TRUE.equals(run(script)));
  }

  /** Types into the focused element, as a person does. */
  void type(String text) throws InterruptedException {
    call("Input.insertText", new JsonObject().put("text", text));
  }

  /** Presses a key, for example {@code Tab}. */
  void press(String key, int code) throws InterruptedException {
    JsonObject event =
        new JsonObject().put("key", key).put("code", key).put("windowsVirtualKeyCode", code);
    if (key.equals("Enter")) {
      event.put("text", "\r");
    }
    call("Input.dispatchKeyEvent", event.copy().put("type", "keyDown"));
    call("Input.dispatchKeyEvent", event.copy().put("type", "keyUp"));
  }

  /** The size of the window, and the color scheme that the person prefers. */
  void show(int width, int height, String scheme) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 500));
    JsonObject preference =
        new JsonObject().put("name", "prefers-color-scheme").put("value", scheme);
    call(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(preference)));
  }

  void setOffline(boolean offline) throws InterruptedException {
    call("Network.enable", new JsonObject());
    call(
        "Network.emulateNetworkConditions",
        new JsonObject()
            .put("offline", offline)
            .put("latency", 0)
            .put("downloadThroughput", -1)
            .put("uploadThroughput", -1));
  }

  /** Requests to addresses that match fail, until other patterns replace these. */
  void block(List<String> patterns) throws InterruptedException {
    call("Network.enable", new JsonObject());
    call("Network.setBlockedURLs", new JsonObject().put("urls", new JsonArray(patterns)));
  }

  /** Replaces a cookie of a page, also one that no script can write. */
  void setCookie(URI page, String name, String value) throws InterruptedException {
    call(
        "Network.setCookie",
        new JsonObject()
            .put("url", page.toString())
            .put("name", name)
            .put("value", value)
            .put("path", "/")
            .put("secure", true)
            .put("httpOnly", true)
            .put("sameSite", "Strict"));
  }

  /** The cookies of the page, also those that no script can read. */
  List<JsonObject> cookies() throws InterruptedException {
    return call("Network.getCookies", new JsonObject())
        .getJsonObject("result")
        .getJsonArray("cookies")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  byte[] screenshot() throws InterruptedException {
    return Base64.getDecoder()
        .decode(
            call("Page.captureScreenshot", new JsonObject())
                .getJsonObject("result")
                .getString("data"));
  }

  void awaitTitle(String title) {
    await(title).atMost(Patience.LONG).until(() -> title.equals(run("document.title")));
  }

  /** As {@link #awaitTitle}, and until all of the page is there. */
  void awaitLoaded(String title) {
    awaitTitle(title);
    await(title).atMost(Patience.LONG).until(() -> "complete".equals(run("document.readyState")));
  }

  private JsonObject call(String method, JsonObject parameters) throws InterruptedException {
    int id = ids.incrementAndGet();
    JsonObject request =
        new JsonObject().put("id", id).put("method", method).put("params", parameters);
    socket.sendText(request.encode(), true).join();
    while (true) {
      JsonObject answer = answers.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("no answer to " + method);
      }
      if (answer.getInteger("id", 0) == id) {
        return answer;
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
