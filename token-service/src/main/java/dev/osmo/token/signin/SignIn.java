package dev.osmo.token.signin;

import dev.osmo.http.problem.RefusedException;
import dev.osmo.http.request.RequestId;
import dev.osmo.pat.TokenText;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.sync.SynchronizeRoles;
import dev.osmo.token.session.LoginSession;
import dev.osmo.token.session.LoginSessions;
import dev.osmo.token.session.SessionIdentity;
import dev.osmo.token.signin.SignedInUsers.SignedInUser;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Use case: a user signs in, or a session is renewed. One transaction:
 *
 * <ol>
 *   <li>The database's clock judges the times of the ID token.
 *   <li>The user is found, created or linked, and locked. So sign-ins of one person, and changes of
 *       this person's roles and tokens, happen one after the other.
 *   <li>The roles are synchronized if the token has the claim of groups, and no later token of the
 *       provider was seen.
 *   <li>The session is started or renewed.
 * </ol>
 *
 * <p>Created at startup, so that its metrics exist from then on.
 */
@Startup
@ApplicationScoped
class SignIn {

  private static final Logger LOG = Logger.getLogger(SignIn.class);
  private static final int LONGEST_NAME = 256;

  private final Identities identities;
  private final SignedInUsers users;
  private final SynchronizeRoles roles;
  private final LoginSessions sessions;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Counter startedSessions;
  private final Counter renewedSessions;

  SignIn(
      Identities identities,
      SignedInUsers users,
      SynchronizeRoles roles,
      LoginSessions sessions,
      AuditLog audit,
      Transactions transactions,
      MeterRegistry meters) {
    this.identities = identities;
    this.users = users;
    this.roles = roles;
    this.sessions = sessions;
    this.audit = audit;
    this.transactions = transactions;
    this.startedSessions = meters.counter("osmo.sign.ins", "outcome", "started");
    this.renewedSessions = meters.counter("osmo.sign.ins", "outcome", "renewed");
  }

  /** Starts a session, or renews the given one. Fails with a refusal otherwise. */
  Uni<SessionView> run(IdToken token, Optional<UUID> session, RequestId request) {
    Actor actor = Actor.provider(token.provider().name(), request.value());
    return transactions
        .run(
            () ->
                requireValidNow(token)
                    .chain(() -> user(token, session, actor))
                    .chain(user -> enter(user, token, session, actor)))
        .invoke(() -> (session.isPresent() ? renewedSessions : startedSessions).increment())
        .onFailure(RefusedException.class)
        .invoke(refused -> log(token, refused));
  }

  private Uni<Void> requireValidNow(IdToken token) {
    return identities
        .find(token)
        .invoke(
            found -> {
              if (!token.isValidAt(found.asOf())) {
                throw IdTokens.invalid("not valid at this time");
              }
            })
        .replaceWithVoid();
  }

  private Uni<SignedInUser> user(IdToken token, Optional<UUID> session, Actor actor) {
    return session.isPresent() ? users.linked(token) : users.linkedOrNew(token, actor);
  }

  private Uni<SessionView> enter(
      SignedInUser user, IdToken token, Optional<UUID> session, Actor actor) {
    SessionIdentity identity = identity(user, token);
    return session
        .map(id -> renewed(id, identity))
        .orElseGet(() -> sessions.start(actor, identity))
        .call(started -> synchronize(started, user, token, session, actor))
        .map(
            started ->
                new SessionView(
                    started.id(),
                    user.id(),
                    identity.name().orElse(user.id()),
                    started.expiresAt(),
                    user.created()));
  }

  private static SessionIdentity identity(SignedInUser user, IdToken token) {
    return new SessionIdentity(
        user.id(),
        token.provider().name(),
        token.issuer(),
        token.subject(),
        token.clientId(),
        token.name().flatMap(SignIn::displayed));
  }

  private Uni<LoginSession> renewed(UUID session, SessionIdentity identity) {
    return sessions
        .renew(session, identity)
        .map(found -> found.orElseThrow(SignInRefusals.SESSION_ENDED::toException));
  }

  /** A renewal changes nothing but the roles, which have rows of their own in the audit trail. */
  private Uni<Void> synchronize(
      LoginSession started, SignedInUser user, IdToken token, Optional<UUID> session, Actor actor) {
    return identities
        .confirm(token)
        .chain(isLatest -> synchronize(user, isLatest ? token.groups() : Optional.empty(), actor))
        .invoke(kept -> warn(user, kept))
        .chain(
            kept ->
                session.isPresent()
                    ? Uni.createFrom().voidItem()
                    : audit.append(
                        actor,
                        AuditEntry.ofUser(
                            AuditAction.SESSION_STARTED,
                            user.id(),
                            details(started, token, kept))));
  }

  /** An older token must not give a role back that a later one has taken. */
  private Uni<List<RoleName>> synchronize(
      SignedInUser user, Optional<List<String>> groups, Actor actor) {
    return groups
        .map(names -> roles.run(actor, user.id(), names))
        .orElseGet(() -> Uni.createFrom().item(List.of()));
  }

  private static Map<String, Object> details(
      LoginSession started, IdToken token, List<RoleName> kept) {
    Map<String, Object> details = new HashMap<>();
    details.put("session_id", started.id().toString());
    details.put("provider", token.provider().name());
    details.put("client_id", token.clientId());
    if (!kept.isEmpty()) {
      details.put("kept_roles", kept.stream().map(RoleName::value).toList());
    }
    return details;
  }

  private static void warn(SignedInUser user, List<RoleName> kept) {
    if (!kept.isEmpty()) {
      LOG.warnf(
          "role kept, because this is the last enabled administrator: user=%s roles=%s",
          user.id(), kept);
    }
  }

  private static void log(IdToken token, RefusedException refused) {
    LOG.infof(
        "sign-in refused: provider=%s reason=%s",
        token.provider().name(), refused.refusal().type().typeName());
  }

  /** Empty if the provider's text cannot be shown to people. */
  private static Optional<String> displayed(String name) {
    try {
      String safe = TextInput.require("A name", name.strip(), LONGEST_NAME);
      return safe.isEmpty() || TokenText.occursIn(safe) ? Optional.empty() : Optional.of(safe);
    } catch (RefusedException unsafe) {
      return Optional.empty();
    }
  }
}
