package dev.osmo.bench.ceiling;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Pepper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/**
 * The ceiling program: a bare Vert.x server that reads one row by a token's lookup and signs one
 * JWT. At {@link #HASH} it hashes one random text with Argon2 instead, one for each processor at a
 * time. It checks nothing, so it is no service. What it reaches is the most that a correct
 * exchange, and a correct creation of tokens, on the same stack can approach.
 */
public final class Ceiling extends AbstractVerticle {

  public static final String HASH = "/hash";

  private static final Argon2 ARGON2 = Argon2Factory.create(Argon2Types.ARGON2id);
  private static final int ITERATIONS = 2;
  private static final int KIBIBYTES = 19_456;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      text(
          "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"0123456789012345678901234567890123456789012\"}");

  private final int port;
  private final PgConnectOptions database;
  private final int batch;
  private final Pepper pepper;
  private final Signature signature;

  private Ceiling(int port, PgConnectOptions database, int batch, Pepper pepper, KeyPair keys)
      throws GeneralSecurityException {
    this.port = port;
    this.database = database;
    this.batch = batch;
    this.pepper = pepper;
    this.signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(keys.getPrivate());
  }

  /**
   * Takes the port, the address of the database, user, password, the pepper (Base64) and the number
   * of look-ups in a batch.
   */
  public static void main(String[] arguments) throws GeneralSecurityException {
    Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
    int port = Integer.parseInt(arguments[0]);
    PgConnectOptions database =
        PgConnectOptions.fromUri(arguments[1])
            .setUser(arguments[2])
            .setPassword(arguments[3])
            .setCachePreparedStatements(true);
    Pepper pepper = Pepper.of("p1", Base64.getDecoder().decode(arguments[4]));
    int batch = Integer.parseInt(arguments[5]);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    int loops = Runtime.getRuntime().availableProcessors();
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
    vertx
        .deployVerticle(
            () -> {
              try {
                return new Ceiling(port, database, batch, pepper, keys);
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            },
            new DeploymentOptions().setInstances(loops))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    System.out.println("listening");
  }

  @Override
  public void start() {
    WorkerExecutor hashing =
        vertx.createSharedWorkerExecutor("hashing", Runtime.getRuntime().availableProcessors());
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(8))
            .connectingTo(database)
            .using(vertx)
            .build();
    Reads reads = new Reads(pool, batch);
    vertx
        .createHttpServer()
        .requestHandler(
            request -> request.bodyHandler(body -> answer(reads, hashing, request, body)))
        .listen(port, "127.0.0.1");
  }

  private void answer(Reads reads, WorkerExecutor hashing, HttpServerRequest request, Buffer body) {
    if (request.path().equals(HASH)) {
      hashing
          .executeBlocking(Ceiling::hash, false)
          .onSuccess(phc -> request.response().end(phc))
          .onFailure(failure -> request.response().setStatusCode(500).end());
    } else {
      exchange(reads, request, body);
    }
  }

  private static String hash() {
    return ARGON2.hash(ITERATIONS, KIBIBYTES, 1, PatText.random(RANDOM).bytes());
  }

  private void exchange(Reads reads, HttpServerRequest request, Buffer body) {
    PatText pat = new PatText(new JsonObject(body).getString("token"));
    reads
        .tokenOf(Buffer.buffer(pepper.lookupOf(pat).bytes()))
        .onSuccess(token -> respond(request, token))
        .onFailure(failure -> request.response().setStatusCode(500).end());
  }

  private void respond(HttpServerRequest request, String token) {
    long now = System.currentTimeMillis() / 1000;
    String claims =
        "{\"iss\":\"http://localhost\",\"aud\":\"osmo\",\"sub\":\"u1\",\"iat\":%d,\"exp\":%d,\"pat_id\":\"%s\",\"roles\":%s}"
            .formatted(now, now + 300, token, List.of("\"role-1\"", "\"role-2\""));
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end("{\"token\":\"" + sign(HEADER + "." + text(claims)) + "\"}");
  }

  private String sign(String input) {
    try {
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
