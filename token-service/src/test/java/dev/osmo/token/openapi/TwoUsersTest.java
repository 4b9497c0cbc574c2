package dev.osmo.token.openapi;

import static dev.osmo.token.openapi.Scene.Caller.ADMINISTRATOR;
import static dev.osmo.token.openapi.Scene.Caller.ADMINISTRATOR_WITHOUT_THE_ROLE;
import static dev.osmo.token.openapi.Scene.Caller.ANONYMOUS;
import static dev.osmo.token.openapi.Scene.Caller.FIRST;
import static dev.osmo.token.openapi.Scene.Caller.RAW_PAT;
import static dev.osmo.token.openapi.Scene.Caller.SECOND;
import static dev.osmo.token.openapi.Scene.Caller.WRONG_AUDIENCE;
import static dev.osmo.token.openapi.Scene.Caller.WRONG_AUDIENCE_ADMINISTRATOR;
import static dev.osmo.token.openapi.Scene.Target.MISSING;
import static dev.osmo.token.openapi.Scene.Target.OF_FIRST_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.openapi.Document;
import dev.osmo.testkit.openapi.Operation;
import dev.osmo.testkit.openapi.ResponseCheck;
import dev.osmo.token.openapi.Scene.Caller;
import dev.osmo.token.openapi.Scene.Target;
import dev.osmo.token.testing.Rows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every route of the document applies its rule to every kind of caller. */
@QuarkusTest
@Tag("I11")
class TwoUsersTest {

  @TestHTTPResource(value = "", management = true)
  URI management;

  private Document document;
  private ResponseCheck answers;

  @BeforeEach
  void read_the_document() {
    document = Document.served(management);
    answers = new ResponseCheck(document);
  }

  @Test
  void every_route_has_a_rule_and_every_rule_a_route() {
    assertThat(Routes.TABLE.stream().map(Route::operation))
        .as("the rules in Routes.TABLE, which every route of the document needs")
        .containsExactlyInAnyOrderElementsOf(document.operations());
  }

  @TestFactory
  Stream<DynamicTest> each_route_keeps_its_rule() {
    return document.operations().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> check(operation)));
  }

  private void check(Operation operation) {
    Route route = Routes.ruleFor(operation);
    Scene scene = Scene.set();
    if (route.rule() != Rule.PUBLIC && route.rule() != Rule.ID_TOKEN) {
      a_valid_login_is_required(route, scene);
    }
    switch (route.rule()) {
      case OWN_TOKEN -> only_the_owner_reaches_it(route, scene);
      case OWN -> it_is_about_the_caller(route, scene);
      case ADMINISTRATOR -> only_an_administrator_reaches_it(route, scene);
      case OWN_OR_ADMINISTRATOR -> {
        everybody_else_is_refused(route, scene, List.of(SECOND, ADMINISTRATOR_WITHOUT_THE_ROLE));
        done(route, scene, FIRST);
        done(route, Scene.set(), ADMINISTRATOR);
      }
      case ANY_LOGIN ->
          all_callers_get_the_same_answer(route, scene, List.of(FIRST, SECOND, ADMINISTRATOR));
      case ID_TOKEN -> everybody_signs_in_as_the_user_of_the_token(route, scene);
      case PUBLIC ->
          all_callers_get_the_same_answer(
              route, scene, List.of(ANONYMOUS, FIRST, SECOND, RAW_PAT, WRONG_AUDIENCE));
    }
  }

  private void a_valid_login_is_required(Route route, Scene scene) {
    Rows before = Rows.now();
    for (Target target : scene.targets(route)) {
      refused(route, scene, ANONYMOUS, target, 401, "unauthenticated");
      refused(route, scene, RAW_PAT, target, 401, "exchange-first");
      refused(route, scene, WRONG_AUDIENCE, target, 401, "unauthenticated");
      refused(route, scene, WRONG_AUDIENCE_ADMINISTRATOR, target, 401, "unauthenticated");
    }
    assertThat(before.changes()).isEmpty();
  }

  private void only_the_owner_reaches_it(Route route, Scene scene) {
    Rows before = Rows.now();
    for (Caller other : List.of(SECOND, ADMINISTRATOR)) {
      String missing = refused(route, scene, other, MISSING, 404, "token-not-found");
      for (Target target : scene.targets(route)) {
        assertThat(refused(route, scene, other, target, 404, "token-not-found")).isEqualTo(missing);
      }
    }
    assertThat(before.changes()).isEmpty();
    done(route, scene, FIRST);
  }

  private void it_is_about_the_caller(Route route, Scene scene) {
    done(route, scene, FIRST);
    Rows before = Rows.now();
    RecordedResponse answer = done(route, scene, SECOND);
    assertThat(before.changes()).noneMatch(scene::isMentionedIn);
    assertThat(scene.isMentionedIn(answer.body())).isFalse();
  }

  private void only_an_administrator_reaches_it(Route route, Scene scene) {
    everybody_else_is_refused(route, scene, List.of(FIRST, SECOND, ADMINISTRATOR_WITHOUT_THE_ROLE));
    done(route, scene, ADMINISTRATOR);
  }

  private void everybody_else_is_refused(Route route, Scene scene, List<Caller> others) {
    Rows before = Rows.now();
    for (Caller caller : others) {
      String missing = refused(route, scene, caller, MISSING, 403, "forbidden");
      assertThat(missing).contains("\"denial\":{");
      assertThat(refused(route, scene, caller, OF_FIRST_USER, 403, "forbidden")).isEqualTo(missing);
    }
    assertThat(before.changes()).isEmpty();
  }

  private void all_callers_get_the_same_answer(Route route, Scene scene, List<Caller> callers) {
    String first = done(route, scene, callers.getFirst()).body();
    for (Caller caller : callers) {
      assertThat(done(route, scene, caller).body()).isEqualTo(first);
    }
  }

  /** Another login of the request does not matter. */
  private void everybody_signs_in_as_the_user_of_the_token(Route route, Scene scene) {
    for (Caller caller : List.of(ANONYMOUS, FIRST, ADMINISTRATOR, RAW_PAT, WRONG_AUDIENCE)) {
      Rows before = Rows.now();
      RecordedResponse answer = done(route, scene, caller);
      assertThat(before.changes()).noneMatch(scene::isMentionedIn);
      assertThat(scene.isMentionedIn(answer.body())).isFalse();
    }
  }

  private RecordedResponse done(Route route, Scene scene, Caller caller) {
    RecordedResponse answer = scene.call(route, caller, OF_FIRST_USER);
    assertThat(answer.status())
        .as("%s %s %s", route.operation(), caller, answer.body())
        .isBetween(200, 202);
    answers.check(route.operation(), answer);
    return answer;
  }

  /** The body without the parts that depend on the request. */
  private String refused(
      Route route, Scene scene, Caller caller, Target target, int status, String problem) {
    RecordedResponse answer = scene.call(route, caller, target);
    assertThat(answer.status())
        .as("%s %s %s %s", route.operation(), caller, target, answer.body())
        .isEqualTo(status);
    assertThat(answer.body()).contains("\"urn:osmo:problem:" + problem + "\"");
    answers.check(route.operation(), answer);
    return answer
        .body()
        .replaceAll("\"request_id\":\"[^\"]*\"", "")
        .replace(scene.token(target), "");
  }
}
