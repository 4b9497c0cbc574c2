package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page {@code operator/notices}, command by command: both receivers as processes, a mail server
 * and the real service. Addresses and folders are those of this run.
 */
class NoticesPageIT {
  private static final String PAGE = "operator/notices.rst";
  private static final String FOLDER = "/etc/osmo/token-service";

  /** Runs the service, if this test may change the owner of a folder. */
  private static final int USER = 10_001;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path temp;

  private static final List<Process> RECEIVERS = new ArrayList<>();
  private static Path folder;
  private static Path shown;
  private static int showPort;
  private static GreenMail mailServer;

  @BeforeAll
  static void receivers() throws Exception {
    assumeTrue(isInstalled("python3"), "SKIPPED: python3 is not installed");
    assumeTrue(isInstalled("openssl"), "SKIPPED: openssl is not installed");
    folder = temp.resolve("etc");
    Files.createDirectory(folder);
    if (Files.getAttribute(folder, "unix:uid").equals(0)) {
      Files.setAttribute(folder, "unix:uid", USER);
    }
    sh(here(block("receiver get the same file, and nobody else::")));
    List<Integer> ports = FreePorts.find(2);
    showPort = ports.get(0);
    int mailPort = ports.get(1);
    mailServer =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    mailServer.start();
    shown = temp.resolve("shown");
    start(
        here(block("Start it with its port and the file of its secret::"))
            .replace("8900", "" + showPort),
        shown);
    start(
        here(block("Start it with the address of your mail server and the sender::"))
            .replace("8900", "" + mailPort)
            .replace("smtp.example.com:25", "127.0.0.1:" + mailServer.getSmtp().getPort()),
        temp.resolve("mailed"));
    for (int port : List.of(showPort, mailPort)) {
      await().atMost(Patience.LONG).until(() -> accepts(port));
    }
    Files.writeString(
        folder.resolve("webhooks.json"),
        here(block("such as ``/etc/osmo/token-service/webhooks.json``::"))
            .replace("https://hooks.example.com/osmo", "http://127.0.0.1:" + mailPort + "/")
            .replace(
                "{\"webhooks\": [",
                "{\"webhooks\": [{\"name\": \"show\", \"url\": \"http://127.0.0.1:%d/\", \"secret_file\": \"%s/mail.secret\"},"
                    .formatted(showPort, folder)));
  }

  @AfterAll
  static void stop() {
    for (Process receiver : RECEIVERS) {
      Patience.exitOf(receiver.destroyForcibly());
    }
    RECEIVERS.clear();
    if (mailServer != null) {
      mailServer.stop();
    }
  }

  @Test
  @Tag("I9")
  void only_the_user_of_the_service_can_read_the_secret() throws IOException {
    Path secret = folder.resolve("mail.secret");

    assertThat(Files.getAttribute(secret, "unix:uid"))
        .isEqualTo(Files.getAttribute(folder, "unix:uid"));
    assertThat(Files.getPosixFilePermissions(secret))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void the_command_sends_a_test_notice_to_every_receiver() throws Exception {
    String setting = here(block("``/etc/osmo/token-service.env``, and restart it::"));
    Files.writeString(Path.of(here("/etc/osmo/token-service.env")), setting);
    String command =
        here(block("It exits with 0 if every receiver accepted the notice::"))
            .replace("java -jar", System.getProperty("java.home") + "/bin/java -jar")
            .replace(
                "/opt/osmo/token-service", RunningStack.HOME + "/token-service/target/quarkus-app");

    String output = sh(command);

    assertThat(output)
        .isEqualTo("show: accepted with status 204\nmail: accepted with status 204\n");
    assertThat(Files.readAllLines(shown)).contains("notice.test example nobody@example.com 7");
    assertThat(mailTo("osmo@example.com"))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.getSubject())
                    .isEqualTo("Your access token example expires in 7 day(s)"));
  }

  @Test
  @Tag("I1")
  void the_owner_of_a_token_gets_one_mail_from_the_real_service() throws Exception {
    RunningStack stack =
        RunningStack.launch(
                temp.resolve("data"),
                FreePorts.find(1).getFirst(),
                Map.of(
                    "JAVA_TOOL_OPTIONS",
                    "-Dtoken-service.expiry-notices.webhooks-file=%s/webhooks.json -Dtoken-service.expiry-notices.interval=PT1S"
                        .formatted(folder)))
            .awaitReady();
    try {
      Http user = Http.as(stack.url(), stack.file("user-token"));
      String token = user.postEmpty("/api/auth/access_token/nightly?expires_in=90d").text();
      JsonObject expiring = expiresIn(stack, "nightly", "6 days 12 hours");

      await().atMost(Patience.LONG).until(() -> !mailTo("user@example.com").isEmpty());
      await().atMost(Patience.LONG).until(() -> audited(stack) == 2);

      assertThat(mailTo("user@example.com"))
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.getSubject())
                    .isEqualTo("Your access token nightly expires in 7 day(s)");
                assertThat(mail.getFrom()[0].toString()).isEqualTo("osmo@example.com");
                assertThat((String) mail.getContent())
                    .contains(
                        expiring.getString("id"),
                        expiring.getString("expires_at"),
                        "osmo token rotate nightly --expires-in 90d",
                        stack.url() + "/")
                    .doesNotContain(token);
              });
      assertThat(Files.readAllLines(shown))
          .filteredOn(line -> line.startsWith("token.expiring nightly "))
          .containsExactly("token.expiring nightly user@example.com 7");
    } finally {
      stack.signal("TERM");
      stack.awaitExit();
    }
  }

  @Test
  @Tag("I9")
  void the_receiver_refuses_what_it_cannot_verify_and_handles_a_message_once() throws Exception {
    String body =
        """
        {"type": "token.expiring", "data": {"token": {"name": "%s", "owner": "o"}, "days_left": 1}}
        """
            .strip();
    long now = Instant.now().getEpochSecond();
    byte[] other = new byte[32];

    assertThat(send("msg_a", now, body.formatted("forged"), signature(other, "msg_a", now, body)))
        .isEqualTo(401);
    assertThat(
            send("msg_b", now, body.formatted("changed"), signature(secret(), "msg_b", now, body)))
        .isEqualTo(401);
    assertThat(send("msg_c", now - 301, body, signature(secret(), "msg_c", now - 301, body)))
        .isEqualTo(401);
    assertThat(send("msg_c", now, body, signature(secret(), "msg_c", now - 301, body)))
        .isEqualTo(401);
    String good = body.formatted("good");
    String signed = signature(secret(), "msg_d", now, good);
    assertThat(send("msg_d", now, good, signature(other, "msg_d", now, good) + " " + signed))
        .as("while a secret is replaced")
        .isEqualTo(204);
    assertThat(send("msg_d", now, good, signed)).isEqualTo(204);

    assertThat(Files.readAllLines(shown))
        .contains("token.expiring good o 1")
        .filteredOn(line -> line.endsWith(" o 1"))
        .containsExactly("token.expiring good o 1");
  }

  private static int send(String id, long timestamp, String body, String signature)
      throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + showPort + "/"))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private static String signature(byte[] secret, String id, long timestamp, String body)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
  }

  private static byte[] secret() throws IOException {
    return Base64.getDecoder()
        .decode(
            Files.readString(folder.resolve("mail.secret")).strip().substring("whsec_".length()));
  }

  /** As if the token had been created a year ago. */
  private static JsonObject expiresIn(RunningStack stack, String name, String left)
      throws SQLException, IOException {
    try (Connection database = stack.connectAsSuperuser();
        Statement statement = database.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute(
          "UPDATE osmo.access_token SET created_at = now() - interval '350 days', expires_at = date_trunc('second', now()) + interval '%s' WHERE name = '%s'"
              .formatted(left, name));
      // In production, a token comes nearer. This one jumps over what has been read.
      statement.execute("DELETE FROM osmo.expiry_notice_pass");
    }
    return new JsonObject(
        stack.sql(
            "SELECT json_build_object('id', id, 'expires_at', to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))::text FROM osmo.access_token WHERE name = ?",
            name));
  }

  private static int audited(RunningStack stack) throws SQLException, IOException {
    return Integer.parseInt(
        stack.sql("SELECT count(*) FROM osmo.audit_event WHERE action = 'notice.delivered'"));
  }

  private static List<MimeMessage> mailTo(String address) {
    return Stream.of(mailServer.getReceivedMessages())
        .filter(mail -> recipient(mail).equals(address))
        .toList();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (jakarta.mail.MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static String block(String before) {
    return LiteralBlock.after(PAGE, before);
  }

  private static String here(String text) {
    return text.replace(FOLDER, folder.toString());
  }

  private static void start(String command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "exec " + command.strip())
            .directory(RunningStack.HOME.resolve("src-docs/examples").toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    RECEIVERS.add(builder.start());
  }

  private static String sh(String script) throws IOException {
    Path output = Files.createTempFile(temp, "output", ".txt");
    int code =
        Patience.exitOf(
            new ProcessBuilder("/bin/sh", "-eu", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
    assertThat(code).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(program)));
  }
}
