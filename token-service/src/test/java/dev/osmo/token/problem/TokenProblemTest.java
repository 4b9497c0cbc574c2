package dev.osmo.token.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.http.problem.ProblemType;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TokenProblemTest {

  private static final File CONTRACT =
      new File("../src-docs/contracts/problems-token-service.json");

  record Published(String name, int status, String title, String errorCode) {

    static Published of(ProblemType type) {
      return new Published(type.typeName(), type.status(), type.title(), type.errorCode());
    }

    static Published of(JsonNode node) {
      return new Published(
          node.get("name").asText(),
          node.get("status").asInt(),
          node.get("title").asText(),
          node.get("error_code").asText());
    }
  }

  @Test
  void the_problems_are_those_of_the_contract() throws IOException {
    JsonNode promised = new ObjectMapper().readTree(CONTRACT).get("problems");

    List<Published> published =
        StreamSupport.stream(promised.spliterator(), false).map(Published::of).toList();

    assertThat(TokenProblem.CATALOGUE.stream().map(Published::of))
        .containsExactlyInAnyOrderElementsOf(published);
  }
}
