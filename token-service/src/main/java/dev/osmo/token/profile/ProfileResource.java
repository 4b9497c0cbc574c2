package dev.osmo.token.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Who the caller is, as OSMO's clients ask. */
@Path("/api/profile/settings")
@Authenticated
class ProfileResource {

  private static final DateTimeFormatter ZONELESS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final TokenServiceSettings settings;
  private final SecurityIdentity identity;

  ProfileResource(TokenServiceSettings settings, SecurityIdentity identity) {
    this.settings = settings;
    this.identity = identity;
  }

  record ProfileView(
      String username, boolean emailNotification, boolean slackNotification, String pool) {}

  record LoginView(String name, String expiresAt) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record SettingsView(
      ProfileView profile, List<String> roles, List<String> pools, LoginView token) {}

  @GET
  public SettingsView show() {
    CallerIdentity caller = CallerIdentity.of(identity);
    return new SettingsView(
        new ProfileView(caller.userId(), false, false, settings.defaultPool()),
        List.copyOf(caller.roles()),
        List.of(settings.defaultPool()),
        new LoginView(caller.pat().name(), ZONELESS.format(caller.pat().expiresAt())));
  }
}
