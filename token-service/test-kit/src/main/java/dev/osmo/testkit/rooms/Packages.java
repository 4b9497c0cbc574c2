package dev.osmo.testkit.rooms;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The production classes below one package, and the rules that apply to every module. */
public record Packages(String root, JavaClasses classes) {

  public static Packages below(String root) {
    return new Packages(
        root,
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(root));
  }

  public void haveNoCycles() {
    slices().matching(root + ".(**)").should().beFreeOfCycles().check(classes);
  }

  /** Without the annotation, the compiler does not check that package for null. */
  public void areNullMarked() {
    List<String> unmarked =
        classes.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(classes).isNotEmpty();
    assertThat(unmarked).as("packages without @NullMarked").isEmpty();
  }
}
