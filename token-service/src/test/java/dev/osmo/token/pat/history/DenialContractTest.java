package dev.osmo.token.pat.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.http.denial.DenialFacts;
import dev.osmo.http.denial.DenialReason;
import dev.osmo.http.denial.RemovedRole;
import dev.osmo.testkit.contracts.Contracts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences and commands of each reason, as the contract has them. */
class DenialContractTest {

  private static final Instant SINCE = Instant.parse("2026-11-29T21:00:00.123456Z");

  private final JsonNode contract = Contracts.json("denials.json");

  @ParameterizedTest
  @CsvSource({
    "OWNER_DISABLED, admin@example.com,",
    "LEAK_REPORT, , reported as leaked",
    "REVOKED, admin@example.com, revoked by an administrator",
    "EXPIRED, ,",
    "SUSPENDED, user@example.com,",
    "OWNER_MUST_SIGN_IN, ,",
    "ROTATED_OUT, user@example.com,",
    "ROLE_REMOVED, admin@example.com,"
  })
  void a_cause_reads_as_in_the_contract(DenialReason reason, String by, String because) {
    JsonNode golden = find(contract.path("causes"), reason);

    agrees(golden, facts(reason, by, because, "osmo-ml-team"));
    assertThat(golden.path("blocks").booleanValue()).isEqualTo(reason.blocks());
  }

  @Test
  void lost_roles_read_as_in_the_contract() {
    JsonNode golden = contract.path("history").path("response").path("causes").path(0);

    agrees(golden, facts(DenialReason.NO_ROLES_LEFT, "admin@example.com", null, "osmo-ml-team"));
  }

  @ParameterizedTest
  @CsvSource({"ROLE_REMOVED, admin@example.com", "ROLE_NEVER_HELD,", "JWT_DOWNSCOPED,"})
  void a_forbidden_route_reads_as_in_the_contract(DenialReason reason, String by) {
    JsonNode golden =
        contract.path("refusals").path("forbidden: " + reason.wireName()).path("denial");

    agrees(golden, facts(reason, by, "osmo-admin", "osmo-admin"));
  }

  @Test
  void every_reason_is_listed() {
    assertThat(contract.path("reasons").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DenialReason.values()).map(DenialReason::wireName).toList());
  }

  private static DenialFacts facts(DenialReason reason, String by, String because, String role) {
    return new DenialFacts(
        reason,
        "my-token",
        "user@example.com",
        true,
        SINCE,
        by,
        because,
        List.of(new RemovedRole(role, "admin@example.com", SINCE)));
  }

  private static void agrees(JsonNode golden, DenialFacts facts) {
    assertThat(golden.path("reason").textValue()).isEqualTo(facts.reason().wireName());
    assertThat(facts.message()).isEqualTo(golden.path("message").textValue());
    assertThat(facts.next())
        .containsExactlyElementsOf(
            StreamSupport.stream(golden.path("next").spliterator(), false)
                .map(JsonNode::textValue)
                .toList());
  }

  private static JsonNode find(JsonNode causes, DenialReason reason) {
    return StreamSupport.stream(causes.spliterator(), false)
        .filter(cause -> cause.path("reason").textValue().equals(reason.wireName()))
        .findFirst()
        .orElseThrow();
  }
}
