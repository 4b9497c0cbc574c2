package dev.osmo.token.session;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.NamedOwner;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The sessions of the caller, and of any user for administrators. */
@Cancellable(false)
@Path("/api/auth/user/{user_id}/session")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
class SessionResource {

  private final UserSessions sessions;
  private final SecurityIdentity identity;

  SessionResource(UserSessions sessions, SecurityIdentity identity) {
    this.sessions = sessions;
    this.identity = identity;
  }

  record EndedView(int ended) {}

  @GET
  @Operation(summary = "Lists a user's sessions, the one that was renewed last first.")
  public Uni<List<SessionDetails>> list(@PathParam("user_id") NamedOwner owner) {
    CallerIdentity caller = CallerIdentity.of(identity);
    return sessions.list(caller, owner.forCaller(caller));
  }

  @DELETE
  @Operation(summary = "Ends all sessions of a user at once. Access tokens are kept.")
  public Uni<EndedView> endAll(@PathParam("user_id") NamedOwner owner) {
    CallerIdentity caller = CallerIdentity.of(identity);
    return sessions.endAll(caller, owner.forCaller(caller)).map(EndedView::new);
  }

  @DELETE
  @Path("{session_id}")
  @Operation(summary = "Ends a session at once. Its JWTs and its refresh token are not valid then.")
  public Uni<NullNode> end(
      @PathParam("user_id") NamedOwner owner, @PathParam("session_id") String sessionId) {
    CallerIdentity caller = CallerIdentity.of(identity);
    String ownerId = owner.forCaller(caller);
    return sessions
        .end(caller, ownerId, SessionId.parse(sessionId).id())
        .replaceWith(NullNode::getInstance);
  }
}
