package dev.osmo.exchange.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.osmo.exchange.problem.UnannotatedResource;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.openapi.Document;
import dev.osmo.testkit.openapi.Operation;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may use which route. A route that is not in this table fails the build. */
@Tag("I11")
class RoutesTest {

  private enum Rule {
    /** The answer contains nothing about users or tokens. */
    EVERYBODY,
    /** The token in the request authorises the request. */
    HOLDER,
    /** The route authenticates the credential itself, from the database. */
    OWN_OR_INSPECTOR
  }

  private static final Operation OFF_BY_DEFAULT = Operation.of("GET /api/auth/jwt/access_token");

  private static final Map<Operation, Rule> RULES =
      Map.ofEntries(
          Map.entry(OFF_BY_DEFAULT, Rule.HOLDER),
          Map.entry(Operation.of("GET /api/auth/login"), Rule.EVERYBODY),
          Map.entry(Operation.of("GET /api/auth/keys"), Rule.EVERYBODY),
          Map.entry(Operation.of("GET /.well-known/jwks.json"), Rule.EVERYBODY),
          Map.entry(Operation.of("GET /.well-known/oauth-authorization-server"), Rule.EVERYBODY),
          Map.entry(Operation.of("GET /.well-known/openid-configuration"), Rule.EVERYBODY),
          Map.entry(Operation.of("POST /api/auth/jwt/access_token"), Rule.HOLDER),
          Map.entry(Operation.of("POST /oauth2/token"), Rule.HOLDER),
          Map.entry(Operation.of("POST /oauth2/device_authorization"), Rule.EVERYBODY),
          Map.entry(Operation.of("POST /oauth2/revoke"), Rule.HOLDER),
          Map.entry(Operation.of("POST /oauth2/web_session"), Rule.HOLDER),
          Map.entry(Operation.of("DELETE /oauth2/web_session"), Rule.HOLDER),
          Map.entry(Operation.of("POST /oauth2/introspect"), Rule.OWN_OR_INSPECTOR));

  private static final List<Class<? extends Annotation>> PERMISSIONS =
      List.of(PermitAll.class, RolesAllowed.class, DenyAll.class);

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.osmo.exchange");

  @Test
  void every_route_has_a_rule_and_every_rule_a_route() {
    Set<Operation> routes =
        routes().map(RoutesTest::operation).collect(Collectors.toCollection(TreeSet::new));

    assertThat(routes).containsExactlyElementsOf(new TreeSet<>(RULES.keySet()));
  }

  @Test
  void every_route_is_documented() {
    Set<Operation> documented = new TreeSet<>(RULES.keySet());
    documented.remove(OFF_BY_DEFAULT);

    assertThat(Document.stored(Contracts.file("openapi-auth-exchange-service.json")).operations())
        .containsExactlyElementsOf(documented);
  }

  @TestFactory
  Stream<DynamicTest> every_route_has_a_permission_annotation() {
    return routes()
        .map(
            method ->
                dynamicTest(
                    operation(method).toString(),
                    () -> assertThat(method).matches(RoutesTest::hasAPermission)));
  }

  @Test
  void a_route_without_a_permission_annotation_is_found() {
    assertThat(routesOf(UnannotatedResource.class))
        .hasSize(1)
        .noneMatch(RoutesTest::hasAPermission);
  }

  private static Stream<Method> routes() {
    return SERVICE.stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .flatMap(type -> routesOf(type.reflect()));
  }

  private static Stream<Method> routesOf(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods()).filter(method -> verb(method).isPresent());
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static Operation operation(Method method) {
    String below =
        method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
    String whole = method.getDeclaringClass().getAnnotation(Path.class).value() + below;
    return new Operation(verb(method).orElseThrow(), whole.replaceFirst("^/(?=/)", ""));
  }

  private static boolean hasAPermission(Method method) {
    return PERMISSIONS.stream().anyMatch(method::isAnnotationPresent);
  }
}
