package dev.osmo.token.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The caller's profile, for OSMO's clients. */
@Path("/api/profile/settings")
@Authenticated
class ProfileResource {

  private static final DateTimeFormatter ZONELESS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final TokenServiceSettings settings;
  private final Profiles profiles;
  private final SecurityIdentity identity;

  ProfileResource(TokenServiceSettings settings, Profiles profiles, SecurityIdentity identity) {
    this.settings = settings;
    this.profiles = profiles;
    this.identity = identity;
  }

  record ProfileBody(
      @Nullable String pool,
      @Nullable Boolean emailNotification,
      @Nullable Boolean slackNotification) {

    ProfileSettings chosen() {
      return new ProfileSettings(pool, emailNotification, slackNotification);
    }
  }

  record ProfileView(
      String username, boolean emailNotification, boolean slackNotification, String pool) {}

  record LoginView(String name, String expiresAt) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record SettingsView(
      ProfileView profile, List<String> roles, List<String> pools, LoginView token) {}

  @GET
  @Operation(summary = "Shows the caller, the caller's roles and the access token of the login.")
  public Uni<SettingsView> show() {
    CallerIdentity caller = CallerIdentity.of(identity);
    return profiles.of(caller).map(chosen -> view(caller, chosen));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes the caller's settings.")
  public Uni<NullNode> change(@Nullable ProfileBody body) {
    return profiles
        .change(CallerIdentity.of(identity), body == null ? ProfileSettings.NONE : body.chosen())
        .replaceWith(NullNode::getInstance);
  }

  private SettingsView view(CallerIdentity caller, ProfileSettings chosen) {
    String defaultPool = settings.defaultPool();
    return new SettingsView(
        new ProfileView(
            caller.userId(),
            Boolean.TRUE.equals(chosen.emailNotification()),
            Boolean.TRUE.equals(chosen.slackNotification()),
            chosen.pool() == null ? defaultPool : chosen.pool()),
        List.copyOf(caller.roles()),
        List.of(defaultPool),
        new LoginView(caller.pat().name(), ZONELESS.format(caller.pat().expiresAt())));
  }
}
