package dev.osmo.local;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final String ROOT = "dev.osmo.local.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.osmo.local");

  /** Which room may know which. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.of(
          "problem", Set.of(),
          "folder", Set.of("problem"),
          "process", Set.of("problem"),
          "postgres", Set.of("folder", "process", "problem"),
          "gateway", Set.of("problem"),
          "workflow", Set.of("problem"),
          "people", Set.of("folder", "problem"),
          "demo", Set.of("folder", "problem"),
          "launch",
              Set.of(
                  "demo",
                  "folder",
                  "gateway",
                  "people",
                  "postgres",
                  "problem",
                  "process",
                  "workflow"));

  @Test
  void each_room_imports_only_what_the_table_allows() {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      Set<String> rooms = imports.computeIfAbsent(room(type), room -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(RoomsTest::room)
          .filter(room -> !room.equals(room(type)))
          .forEach(rooms::add);
    }
    assertThat(imports.keySet()).isEqualTo(MAY_IMPORT.keySet());
    imports.forEach((room, rooms) -> assertThat(rooms).as(room).isSubsetOf(MAY_IMPORT.get(room)));
  }

  @Test
  void rooms_form_no_cycle() {
    slices().matching("dev.osmo.local.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_launcher_holds_no_code_of_the_services() {
    assertThat(CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()))
        .noneMatch(
            dependency -> {
              String target = dependency.getTargetClass().getPackageName();
              return target.startsWith("dev.osmo.") && !target.startsWith("dev.osmo.local");
            });
  }

  private static String room(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }
}
