package dev.osmo.exchange.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.testkit.contracts.Contracts;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {

  @Test
  void the_problems_are_those_of_the_contract() {
    JsonNode contract = Contracts.json("problems-auth-exchange-service.json").get("problems");

    assertThat(Stream.of(ProblemType.values()).map(ProblemTypeTest::asInContract))
        .containsExactlyElementsOf(
            StreamSupport.stream(contract.spliterator(), false)
                .map(ProblemTypeTest::fields)
                .toList());
  }

  private static Map<String, String> asInContract(ProblemType type) {
    return Map.of(
        "name", type.typeName(),
        "status", Integer.toString(type.status()),
        "title", type.title(),
        "detail", type.detail(),
        "error_code", type.errorCode());
  }

  private static Map<String, String> fields(JsonNode problem) {
    return problem.properties().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                Map.Entry::getKey, field -> field.getValue().asText()));
  }
}
