import dev.osmo.client.Credential;
import dev.osmo.client.JwtSource;
import dev.osmo.client.verify.JwtVerifier;
import dev.osmo.client.verify.VerifiedJwt;
import java.net.URI;
import java.nio.file.Path;

/** As AcceptJwt, but asks osmo about each JWT. */
class Introspecting {
  public static void main(String[] arguments) throws Exception {
    String audience = "osmo"; // or the audience of your own
    String osmo = System.getenv("OSMO_URL");
    Credential own = Credential.ofTokenFile(Path.of(System.getenv("OSMO_TOKEN_FILE")));

    JwtVerifier verifier =
        JwtVerifier.of(osmo, audience)
            .introspecting(JwtSource.at(URI.create(osmo), own).build())
            .build();

    VerifiedJwt jwt = verifier.verify(System.getenv("OSMO_JWT"));
    System.out.println(jwt.subject() + " " + jwt.roles());
  }
}
