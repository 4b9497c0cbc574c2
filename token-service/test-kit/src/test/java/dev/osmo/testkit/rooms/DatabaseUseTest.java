package dev.osmo.testkit.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseUseTest {

  @Test
  void a_use_of_the_database_is_found_in_sql_and_in_entities() {
    String sql = "CREATE TABLE role (name text);\nCREATE OR REPLACE FUNCTION end_it() RETURNS void";
    String entity = "package a;\n@Table(name = \"role\")\nclass RoleEntity {";

    assertThat(
            DatabaseUse.of(
                List.of(
                    entity,
                    "package b;\nfind(\"FROM RoleEntity r\")",
                    "package c;\n\"SELECT r.name FROM role r\"",
                    "package d;\n\"DELETE FROM\n  role\"",
                    "package e;\n\"SELECT end_it()\"",
                    "package f;\n// the role of a user"),
                List.of(sql)))
        .isEqualTo(Map.of("role", Set.of("a", "b", "c", "d"), "end_it", Set.of("e")));
  }
}
