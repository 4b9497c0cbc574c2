package dev.osmo.token.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CallingSession;
import dev.osmo.token.input.AsciiCase;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.json.OsmoTime;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The caller's profile, for OSMO's clients. */
@Cancellable(false)
@Path("/api/profile/settings")
@Authenticated
class ProfileResource {

  private static final Refusal OTHER_USERNAME =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "The body's field username must be your own user id, or be omitted.");

  private final TokenServiceSettings settings;
  private final Profiles profiles;
  private final SecurityIdentity identity;

  ProfileResource(TokenServiceSettings settings, Profiles profiles, SecurityIdentity identity) {
    this.settings = settings;
    this.profiles = profiles;
    this.identity = identity;
  }

  /** OSMO's profile object. The username cannot change, and clients that read it send it back. */
  record ProfileBody(
      @Nullable String username,
      @Nullable String pool,
      @Nullable Boolean emailNotification,
      @Nullable Boolean slackNotification) {

    static final ProfileBody EMPTY = new ProfileBody(null, null, null, null);

    ProfileSettings chosen(CallerIdentity caller, String onlyPool) {
      if (username != null && !AsciiCase.equal(username, caller.userId())) {
        throw OTHER_USERNAME.toException();
      }
      if (pool != null && !pool.equals(onlyPool)) {
        throw new Refusal(
                TokenProblem.INVALID_FIELD,
                "Pool "
                    + TextInput.printable(pool)
                    + " does not exist. The only pool is "
                    + onlyPool
                    + ".")
            .toException();
      }
      return new ProfileSettings(pool, emailNotification, slackNotification);
    }
  }

  record ProfileView(
      String username, boolean emailNotification, boolean slackNotification, String pool) {}

  record LoginView(String name, String expiresAt) {}

  record CurrentSessionView(UUID id, Instant expiresAt) {}

  /**
   * OSMO's object.
   *
   * @param token the access token of the login; null in a session
   * @param session null with an access token. OSMO has no such member
   * @param signInDueAt when the caller must have signed in again, so that the caller's access
   *     tokens are accepted; null without a limit
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record SettingsView(
      ProfileView profile,
      List<String> roles,
      List<String> pools,
      @Nullable LoginView token,
      @Nullable CurrentSessionView session,
      @Nullable Instant signInDueAt) {}

  @GET
  @Operation(summary = "Shows the caller, the caller's roles and the access token of the login.")
  public Uni<SettingsView> show() {
    CallerIdentity caller = CallerIdentity.of(identity);
    return profiles.of(caller).map(profile -> view(caller, profile));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes the caller's settings.")
  public Uni<NullNode> change(@Nullable ProfileBody body) {
    CallerIdentity caller = CallerIdentity.of(identity);
    ProfileBody chosen = body == null ? ProfileBody.EMPTY : body;
    return profiles
        .change(caller, chosen.chosen(caller, settings.defaultPool()))
        .replaceWith(NullNode::getInstance);
  }

  private SettingsView view(CallerIdentity caller, Profiles.Profile profile) {
    ProfileSettings chosen = profile.settings();
    String defaultPool = settings.defaultPool();
    return new SettingsView(
        new ProfileView(
            caller.userId(),
            Boolean.TRUE.equals(chosen.emailNotification()),
            Boolean.TRUE.equals(chosen.slackNotification()),
            defaultPool),
        List.copyOf(caller.roles()),
        List.of(defaultPool),
        caller
            .pat()
            .map(pat -> new LoginView(pat.name(), OsmoTime.zoneless(pat.expiresAt())))
            .orElse(null),
        caller.login() instanceof CallingSession session
            ? new CurrentSessionView(session.id(), session.expiresAt())
            : null,
        profile.signInDueAt());
  }
}
