import dev.osmo.client.Credential;
import dev.osmo.client.ExchangeException;
import dev.osmo.client.JwtSource;
import dev.osmo.client.OsmoHttpClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** Lists the access tokens of the user. */
class CallApi {
  public static void main(String[] arguments) throws Exception {
    URI osmo = URI.create(System.getenv("OSMO_URL"));
    Credential token = Credential.ofTokenFile(Path.of(System.getenv("OSMO_TOKEN_FILE")));

    // One for the whole program, shared by all threads.
    OsmoHttpClient client = new OsmoHttpClient(JwtSource.at(osmo, token).build());

    HttpRequest request =
        HttpRequest.newBuilder(osmo.resolve("/api/auth/access_token")).build();
    try {
      System.out.println(client.send(request, BodyHandlers.ofString()).body());
    } catch (ExchangeException noJwt) {
      switch (noJwt.kind()) {
        case REFUSED -> System.err.println("Replace the token: " + noJwt.getMessage());
        case INVALID -> System.err.println("Change the request: " + noJwt.getMessage());
        case UNAVAILABLE -> System.err.println("Try again later: " + noJwt.getMessage());
      }
      System.exit(1);
    }
  }
}
