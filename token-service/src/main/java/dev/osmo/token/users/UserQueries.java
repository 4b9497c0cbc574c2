package dev.osmo.token.users;

import dev.osmo.token.paging.Page;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Use cases: an administrator lists and views users. */
@ApplicationScoped
class UserQueries {

  private final Users users;
  private final UserLocks owners;
  private final Assignments assignments;

  UserQueries(Users users, UserLocks owners, Assignments assignments) {
    this.users = users;
    this.owners = owners;
    this.assignments = assignments;
  }

  @WithSession
  Uni<UserDetails> show(String id) {
    return owners
        .find(id)
        .chain(owner -> users.view(owner.id()))
        .chain(user -> assignments.heldBy(user.id()).map(held -> UserDetails.of(user, held)));
  }

  @WithSession
  Uni<FoundUsers> list(UserFilter filter) {
    return users
        .countMatching(filter)
        .chain(total -> users.matching(filter).map(page -> FoundUsers.of(total, filter, page)));
  }

  /** One page of users, and the link to the next one. */
  record FoundUsers(UserPage body, Page<UserView> page) {

    private static FoundUsers of(long total, UserFilter filter, Page<UserView> page) {
      return new FoundUsers(
          new UserPage(total, filter.startIndex(), page.items().size(), page.items()), page);
    }
  }
}
