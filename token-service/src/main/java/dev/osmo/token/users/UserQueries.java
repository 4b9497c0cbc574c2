package dev.osmo.token.users;

import dev.osmo.token.roles.Assignments;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Use cases: an administrator lists and views users. */
@ApplicationScoped
class UserQueries {

  private final Users users;
  private final Assignments assignments;

  UserQueries(Users users, Assignments assignments) {
    this.users = users;
    this.assignments = assignments;
  }

  @WithSession
  Uni<UserDetails> show(String id) {
    return users
        .view(id)
        .chain(user -> assignments.heldBy(id).map(held -> UserDetails.of(user, held)));
  }

  @WithSession
  Uni<UserPage> list(UserFilter filter) {
    return users
        .countMatching(filter)
        .chain(
            total ->
                users
                    .matching(filter)
                    .map(found -> new UserPage(total, filter.startIndex(), found.size(), found)));
  }
}
