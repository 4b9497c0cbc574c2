package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what it is for. */
class PlantedFaultsTest {

  @BeforeEach
  void kustomizeIsInstalled() {
    assumeTrue(Kustomize.program().isPresent(), Kustomize.SKIPPED);
  }

  static Stream<PlantedFault> faults() {
    return Stream.of(PodFaults.all(), ConnectionFaults.all(), OperationFaults.all())
        .flatMap(group -> group);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_planted_fault_is_found(PlantedFault fault) {
    String with = Kustomize.BASE_WITH;
    Rendering rendering =
        fault.folder().startsWith(with)
            ? Kustomize.baseWith(fault.folder().substring(with.length()))
            : Kustomize.render(fault.folder());

    fault.plant().accept(rendering);

    assertThat(Rules.faults(rendering)).anyMatch(found -> found.contains(fault.expected()));
  }
}
