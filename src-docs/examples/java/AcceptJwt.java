import dev.osmo.client.verify.JwtVerifier;
import dev.osmo.client.verify.RefusedJwtException;
import dev.osmo.client.verify.VerifiedJwt;

/** What a server does with the header of a request. */
class AcceptJwt {
  public static void main(String[] arguments) throws Exception {
    // One for the whole server, shared by all threads.
    String audience = "osmo"; // or the audience of your own
    JwtVerifier verifier = JwtVerifier.of(System.getenv("OSMO_URL"), audience).build();

    try {
      VerifiedJwt jwt = verifier.verify(System.getenv("OSMO_JWT"));
      jwt.requireRole("osmo-user");
      System.out.println(jwt.subject() + " " + jwt.roles());
    } catch (RefusedJwtException refused) {
      System.err.println(refused.reason());
      System.exit(1);
    }
  }
}
