package dev.osmo.token.signin;

import dev.osmo.http.problem.RefusedException;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.users.UserId;
import dev.osmo.token.users.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Finds the user of a subject, or creates or links one as the provider's settings allow, and locks
 * the user's row.
 *
 * <p>The user id in the token counts only at the first sign-in: a subject stays with its user when
 * the provider changes the id, and another subject does not get a user by taking over the id.
 */
@ApplicationScoped
class SignedInUsers {

  private final Identities identities;
  private final UserLocks owners;
  private final Users users;
  private final AuditLog audit;

  SignedInUsers(Identities identities, UserLocks owners, Users users, AuditLog audit) {
    this.identities = identities;
    this.owners = owners;
    this.users = users;
    this.audit = audit;
  }

  /** A user whose row is locked. */
  record SignedInUser(String id, boolean created) {}

  /** The user who is linked already. Fails with a refusal if there is none. */
  Uni<SignedInUser> linked(IdToken token) {
    return identities
        .find(token)
        .map(
            found ->
                found.userId().map(List::of).orElseThrow(SignInRefusals.SESSION_ENDED::toException))
        .chain(owners::lockAll)
        .map(
            locked ->
                locked.stream().findFirst().orElseThrow(SignInRefusals.SESSION_ENDED::toException))
        .map(owner -> enabled(owner, false));
  }

  /** The user who is linked, or a new one, or one who is linked now. */
  Uni<SignedInUser> linkedOrNew(IdToken token, Actor actor) {
    return identities
        .find(token)
        .map(found -> found.userId().map(List::of).orElseGet(List::of))
        .chain(ids -> ids.isEmpty() ? Uni.createFrom().item(List.<Owner>of()) : owners.lockAll(ids))
        .chain(
            locked ->
                locked.isEmpty()
                    ? firstSignIn(token, actor)
                    : Uni.createFrom().item(enabled(locked.getFirst(), false)));
  }

  private Uni<SignedInUser> firstSignIn(IdToken token, Actor actor) {
    UserId id = userId(token);
    return owners
        .lockAll(List.of(id.value()))
        .chain(
            locked ->
                locked.isEmpty()
                    ? create(token, id, actor)
                    : link(token, locked.getFirst(), actor));
  }

  /** Another request may create the user at the same time: then its commit is waited for. */
  private Uni<SignedInUser> create(IdToken token, UserId id, Actor actor) {
    if (!token.provider().accounts().create()) {
      return SignInRefusals.unknown(id.value()).toFailure();
    }
    return users
        .create(actor, id)
        .chain(
            created ->
                created
                    ? insertLink(token, id.value(), actor)
                        .replaceWith(new SignedInUser(id.value(), true))
                    : owners
                        .lockAll(List.of(id.value()))
                        .map(
                            locked ->
                                locked.stream()
                                    .findFirst()
                                    .orElseThrow(SignInRefusals.AT_THE_SAME_TIME::toException))
                        .chain(owner -> link(token, owner, actor)));
  }

  /** Reads the link again, because it may have been committed while this waited for the lock. */
  private Uni<SignedInUser> link(IdToken token, Owner owner, Actor actor) {
    return identities
        .find(token)
        .chain(
            found ->
                found.userId().isPresent()
                    ? requireSame(found.userId().get(), owner)
                    : linkExisting(token, owner, actor))
        .replaceWith(() -> enabled(owner, false));
  }

  private static Uni<Void> requireSame(String linked, Owner owner) {
    return linked.equals(owner.id())
        ? Uni.createFrom().voidItem()
        : SignInRefusals.AT_THE_SAME_TIME.toFailure();
  }

  /** Never a second subject of the same issuer: it would be another person with the same name. */
  private Uni<Void> linkExisting(IdToken token, Owner owner, Actor actor) {
    if (!token.provider().accounts().linkExisting()) {
      return SignInRefusals.notLinked(owner.id()).toFailure();
    }
    return identities
        .hasAnother(token, owner.id())
        .chain(
            another ->
                another
                    ? SignInRefusals.notLinked(owner.id()).toFailure()
                    : insertLink(token, owner.id(), actor));
  }

  private Uni<Void> insertLink(IdToken token, String userId, Actor actor) {
    return identities
        .link(token, userId)
        .chain(
            linked ->
                linked
                    ? audit.append(actor, linkEntry(token, userId))
                    : SignInRefusals.AT_THE_SAME_TIME.toFailure());
  }

  private static AuditEntry linkEntry(IdToken token, String userId) {
    return AuditEntry.ofUser(
        AuditAction.USER_LINKED,
        userId,
        Map.of(
            "provider", token.provider().name(),
            "issuer", token.issuer(),
            "subject", token.subject()));
  }

  private static SignedInUser enabled(Owner owner, boolean created) {
    if (owner.disabled()) {
      throw SignInRefusals.disabled(owner.id()).toException();
    }
    return new SignedInUser(owner.id(), created);
  }

  private static UserId userId(IdToken token) {
    String claim = token.provider().claims().user();
    try {
      return token
          .userId()
          .map(UserId::new)
          .orElseThrow(SignInRefusals.unusableId(claim)::toException);
    } catch (RefusedException notOfOurForm) {
      throw SignInRefusals.unusableId(claim).toException();
    }
  }
}
