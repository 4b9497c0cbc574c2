import dev.osmo.client.Credential;
import dev.osmo.client.JwtSource;
import dev.osmo.client.rest.OsmoJwtFilter;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.URI;
import java.nio.file.Path;

/** Shows the name of the user. */
class CallWithRestClient {
  public static void main(String[] arguments) {
    URI osmo = URI.create(System.getenv("OSMO_URL"));
    Credential token = Credential.ofTokenFile(Path.of(System.getenv("OSMO_TOKEN_FILE")));
    OsmoJwtFilter filter = new OsmoJwtFilter(JwtSource.at(osmo, token).build());

    Client client = ClientBuilder.newClient().register(filter);
    System.out.println(
        client.target(osmo.resolve("/api/profile/settings")).request().get(String.class));
    client.close();
  }
}
