package dev.osmo.token.roles.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.catalogue.SyncMode;
import dev.osmo.token.roles.catalogue.SynchronizedRole;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleSyncTest {

  private static final RoleName ROLE = new RoleName("osmo-ml-team");

  /** The external roles and the groups are separated by spaces. */
  @ParameterizedTest
  @CsvSource({
    "FORCE,  ml,       ml,       false, grant",
    "FORCE,  ml,       ml,       true,  -",
    "FORCE,  ml,       other,    true,  remove",
    "FORCE,  ml,       '',       true,  remove",
    "FORCE,  ml,       other,    false, -",
    "FORCE,  'ml ops', ops,      false, grant",
    "FORCE,  'ml ops', 'x ops',  true,  -",
    "FORCE,  ml,       ML,       true,  remove",
    "FORCE,  ml,       mlx,      false, -",
    "FORCE,  '',       ml,       true,  -",
    "FORCE,  '',       ml,       false, -",
    "IMPORT, ml,       ml,       false, grant",
    "IMPORT, ml,       ml,       true,  -",
    "IMPORT, ml,       other,    true,  -",
    "IMPORT, ml,       '',       true,  -",
    "IMPORT, ml,       other,    false, -",
    "IMPORT, '',       ml,       false, -",
    "IGNORE, ml,       ml,       false, -",
    "IGNORE, ml,       ml,       true,  -",
    "IGNORE, ml,       other,    true,  -"
  })
  void a_role_changes_as_its_mode_says(
      SyncMode mode, String external, String groups, boolean held, String change) {
    RoleSync sync =
        RoleSync.decide(
            List.of(new SynchronizedRole(ROLE, mode, words(external))),
            held ? Set.of(ROLE) : Set.of(),
            words(groups));

    assertThat(sync.toGrant()).isEqualTo(change.equals("grant") ? List.of(ROLE) : List.of());
    assertThat(sync.toRemove()).isEqualTo(change.equals("remove") ? List.of(ROLE) : List.of());
  }

  @Test
  void a_role_outside_of_the_catalogue_is_kept() {
    assertThat(RoleSync.decide(List.of(), Set.of(ROLE), List.of()))
        .isEqualTo(new RoleSync(List.of(), List.of()));
  }

  @Test
  void one_group_can_give_several_roles() {
    List<SynchronizedRole> catalogue =
        List.of(
            new SynchronizedRole(new RoleName("b"), SyncMode.IMPORT, Set.of("all")),
            new SynchronizedRole(new RoleName("a"), SyncMode.FORCE, Set.of("all")));

    assertThat(RoleSync.decide(catalogue, Set.of(), List.of("all")).toGrant())
        .containsExactly(new RoleName("a"), new RoleName("b"));
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
