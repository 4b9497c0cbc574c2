package dev.osmo.exchange.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.testkit.contracts.Contracts;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ExchangeProblemTest {

  @Test
  void the_problems_are_those_of_the_contract() {
    JsonNode contract = Contracts.json("problems-auth-exchange-service.json").get("problems");

    assertThat(ExchangeProblem.CATALOGUE.stream().map(ExchangeProblemTest::asInContract))
        .containsExactlyInAnyOrderElementsOf(
            StreamSupport.stream(contract.spliterator(), false)
                .map(ExchangeProblemTest::fields)
                .toList());
  }

  private static Map<String, String> asInContract(DetailedProblem type) {
    return Map.of(
        "name", type.typeName(),
        "status", Integer.toString(type.status()),
        "title", type.title(),
        "detail", type.detail(),
        "error_code", type.errorCode());
  }

  private static Map<String, String> fields(JsonNode problem) {
    return problem.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asText()));
  }
}
