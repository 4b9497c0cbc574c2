package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.osmo.k8s.Routes.Route;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.contracts.Repository;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import io.envoyproxy.envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery;
import io.envoyproxy.envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of Envoy in the operator's pages: every field exists in Envoy's API, and the routes
 * are those of the route table. Envoy itself is not run.
 */
class EnvoyTest {
  private static final String TEXT = text();

  /** What the configuration may contain where the API allows any type. */
  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(
              List.of(
                  Buffer.getDescriptor(),
                  DownstreamConnectionsConfig.getDescriptor(),
                  DownstreamTlsContext.getDescriptor(),
                  HttpConnectionManager.getDescriptor(),
                  HttpProtocolOptions.getDescriptor(),
                  ReqWithoutQuery.getDescriptor(),
                  Router.getDescriptor(),
                  StdoutAccessLog.getDescriptor(),
                  UpstreamTlsContext.getDescriptor()))
          .build();

  @Test
  void envoy_forwards_exactly_the_paths_of_the_route_table() {
    assertThat(faults(routes(parse(TEXT)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "path_separated_prefix: /oauth2 }, path: /oauth2 }",
    "path_separated_prefix: /oauth2 }, path_separated_prefix: /oauth }",
    "path: /ssf/events }, path_separated_prefix: /ssf/events }",
    "'cluster: auth-exchange-service, timeout', 'cluster: token-service, timeout'"
  })
  void another_route_is_found(String right, String wrong) {
    assertThat(TEXT).contains(right);
    assertThat(faults(routes(parse(TEXT.replace(right, wrong))))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "merge_slashes: true, merge_slash: true",
    "max_request_bytes: 65536, max_bytes: 65536",
    "normalize_path: true, normalize_path: yes please",
    "TLSv1_2, TLSv12",
    "transport_sockets.tls.v3.UpstreamTlsContext, transport_sockets.tls.v3.UpstreamContext"
  })
  void a_field_that_does_not_exist_is_found(String right, String wrong) {
    assertThat(TEXT).contains(right);
    assertThatThrownBy(() -> parse(TEXT.replace(right, wrong)))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  @Tag("I9")
  void a_path_and_the_address_of_a_client_are_read_in_one_way() {
    HttpConnectionManager manager = manager(parse(TEXT));

    assertThat(manager.getNormalizePath().getValue()).isTrue();
    assertThat(manager.getMergeSlashes()).isTrue();
    assertThat(manager.getPathWithEscapedSlashesAction())
        .isEqualTo(PathWithEscapedSlashesAction.REJECT_REQUEST);
    assertThat(manager.getUseRemoteAddress().getValue()).isTrue();
    assertThat(manager.getSkipXffAppend()).isTrue();
    assertThat(manager.getXffNumTrustedHops()).isZero();
    assertThat(manager.getRouteConfig().getRequestHeadersToAddList())
        .singleElement()
        .satisfies(
            added -> {
              assertThat(added.getHeader().getKey()).isEqualTo("x-forwarded-for");
              assertThat(added.getAppendAction().name()).startsWith("OVERWRITE");
            });
    assertThat(manager.getRouteConfig().getRequestHeadersToRemoveList())
        .contains("forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-prefix");
    assertThat(manager.getUpgradeConfigsList()).as("no WebSocket").isEmpty();
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "/api/auth/user;x/y",
        "/api/auth/user/%3bx",
        "/api/auth/user/%3Bx",
        "/api/auth/user/%00",
        "/api/auth/user/%1f",
        "/api/auth/user/%5c",
        "/api/auth/user/\\",
        "/api/auth/user/%252e",
        "/api/auth/user%3Fx",
        "/api/auth/user%3fx",
        "/api/auth/user%23x",
        "/api/auth/user/%2e%2e/session"
      })
  void an_ambiguous_path_is_refused_before_any_other_route(String path) {
    VirtualHost host = host(parse(TEXT));

    assertThat(host.getRoutes(0).getDirectResponse().getStatus()).isEqualTo(400);
    assertThat(matches(host.getRoutes(0).getMatch(), path)).isTrue();
  }

  /** No address of a service needs one of these characters. */
  @Test
  void no_documented_path_is_ambiguous() {
    RouteMatch ambiguous = host(parse(TEXT)).getRoutes(0).getMatch();

    Stream.of(Routes.TOKEN_SERVICE, Routes.AUTH_EXCHANGE)
        .flatMap(service -> Routes.documented(service).stream())
        .forEach(path -> assertThat(matches(ambiguous, path)).as(path).isFalse());
    assertThat(matches(ambiguous, "/api/auth/user/alice%40example.com/access_token")).isFalse();
  }

  /** That of token-service, which is the larger one. The exchange refuses more than its own. */
  @Test
  void a_body_has_the_limit_of_the_services_and_arrives_with_its_length() throws IOException {
    Buffer buffer = unpacked(manager(parse(TEXT)).getHttpFilters(0).getTypedConfig(), Buffer.class);

    assertThat(buffer.getMaxRequestBytes().getValue()).isEqualTo(64 * 1024);
    assertThat(
            Files.readString(
                Repository.path("token-service/src/main/resources/application.properties")))
        .contains("quarkus.http.limits.max-body-size=64K");
  }

  /** As the services send it. The titles of their problems are those of their catalogues. */
  @Test
  void what_envoy_refuses_itself_has_a_problem_document() throws IOException {
    HttpConnectionManager manager = manager(parse(TEXT));
    Map<String, Integer> statuses = new LinkedHashMap<>();
    for (ResponseMapper mapper : manager.getLocalReplyConfig().getMappersList()) {
      String text = mapper.getBodyFormatOverride().getTextFormatSource().getInlineString();
      JsonNode problem = problem(text);
      String name = problem.path("type").asText().replace("urn:osmo:problem:", "");
      statuses.put(name, problem.path("status").asInt());

      assertThat(mapper.getBodyFormatOverride().getContentType())
          .isEqualTo("application/problem+json");
      assertThat(problem.path("request_id").asText()).isEqualTo("%REQ(X-REQUEST-ID)%");
      assertThat(headers(mapper.getHeadersToAddList()))
          .containsEntry("link", "</ui/problems#" + name + ">; rel=\"help\"")
          .containsEntry("cache-control", "no-store");
    }
    assertThat(statuses)
        .containsExactly(
            entry("malformed-request", 400),
            entry("bad-path", 400),
            entry("no-such-route", 404),
            entry("payload-too-large", 413),
            entry("headers-too-large", 431),
            entry("service-unavailable", 503));
  }

  /** The first and the last one. */
  @Test
  void a_route_that_refuses_has_the_same_problem_document() throws IOException {
    VirtualHost host = host(parse(TEXT));
    for (io.envoyproxy.envoy.config.route.v3.Route route :
        List.of(host.getRoutes(0), host.getRoutes(host.getRoutesCount() - 1))) {
      JsonNode problem = problem(route.getDirectResponse().getBody().getInlineString());

      assertThat(problem.path("status").asInt()).isEqualTo(route.getDirectResponse().getStatus());
      assertThat(headers(route.getResponseHeadersToAddList()))
          .containsEntry("content-type", "application/problem+json")
          .containsEntry(
              "link",
              "</ui/problems#"
                  + problem.path("type").asText().replace("urn:osmo:problem:", "")
                  + ">; rel=\"help\"");
    }
  }

  private static JsonNode problem(String text) throws IOException {
    JsonNode problem = new ObjectMapper().readTree(text);
    assertThat(problem.path("detail").asText())
        .isNotEmpty()
        .isEqualTo(problem.path("message").asText());
    assertThat(problem.path("error_code").asText())
        .isEqualTo(problem.path("status").asInt() < 500 ? "USER" : "OSMO_ERROR");
    assertThat(problem.has("workflow_id")).isTrue();
    String name = problem.path("type").asText().replace("urn:osmo:problem:", "");
    Contracts.json("problems-token-service.json")
        .path("problems")
        .forEach(
            catalogued -> {
              if (catalogued.path("name").asText().equals(name)) {
                assertThat(problem.path("title").asText())
                    .isEqualTo(catalogued.path("title").asText());
                assertThat(problem.path("status").asInt())
                    .isEqualTo(catalogued.path("status").asInt());
              }
            });
    return problem;
  }

  private static Map<String, String> headers(List<HeaderValueOption> added) {
    return added.stream()
        .collect(
            Collectors.toMap(one -> one.getHeader().getKey(), one -> one.getHeader().getValue()));
  }

  @Test
  @Tag("I9")
  void the_certificate_of_each_service_is_verified() throws InvalidProtocolBufferException {
    for (Cluster cluster : parse(TEXT).getStaticResources().getClustersList()) {
      UpstreamTlsContext tls =
          unpacked(cluster.getTransportSocket().getTypedConfig(), UpstreamTlsContext.class);
      String name =
          cluster
              .getLoadAssignment()
              .getEndpoints(0)
              .getLbEndpoints(0)
              .getEndpoint()
              .getAddress()
              .getSocketAddress()
              .getAddress();

      assertThat(name).startsWith(cluster.getName() + ".");
      assertThat(tls.getSni()).isEqualTo(name);
      assertThat(tls.getCommonTlsContext().getValidationContext().hasTrustedCa()).isTrue();
      assertThat(
              tls.getCommonTlsContext()
                  .getValidationContext()
                  .getMatchTypedSubjectAltNames(0)
                  .getMatcher()
                  .getExact())
          .isEqualTo(name);
    }
  }

  /** Envoy compares the whole path, without the query. */
  private static boolean matches(RouteMatch match, String path) {
    return Pattern.matches(match.getSafeRegex().getRegex(), path);
  }

  private static List<String> faults(Routes routes) {
    List<String> expected = strings(Routes.ofContract());
    List<String> found = strings(routes);
    return Stream.concat(
            expected.stream().filter(one -> !found.contains(one)).map("lacks "::concat),
            found.stream().filter(one -> !expected.contains(one)).map("has "::concat))
        .toList();
  }

  private static List<String> strings(Routes routes) {
    return routes.all().stream().map(Route::toString).sorted().toList();
  }

  /** Between the refusal of ambiguous paths and that of all others. */
  private static Routes routes(Bootstrap bootstrap) {
    VirtualHost host = host(bootstrap);
    int last = host.getRoutesCount() - 1;
    assertThat(host.getRoutes(last).getMatch().getPrefix()).isEqualTo("/");
    assertThat(host.getRoutes(last).getDirectResponse().getStatus()).isEqualTo(404);
    return new Routes(
        host.getRoutesList().subList(1, last).stream()
            .map(route -> route(route.getMatch(), route.getRoute()))
            .toList());
  }

  private static Route route(RouteMatch match, RouteAction action) {
    return switch (match.getPathSpecifierCase()) {
      case PATH -> new Route(match.getPath(), true, action.getCluster());
      case PATH_SEPARATED_PREFIX ->
          new Route(match.getPathSeparatedPrefix(), false, action.getCluster());
      default -> throw new AssertionError("not a route of the table: " + match);
    };
  }

  private static VirtualHost host(Bootstrap bootstrap) {
    return manager(bootstrap).getRouteConfig().getVirtualHosts(0);
  }

  private static HttpConnectionManager manager(Bootstrap bootstrap) {
    return unpacked(
        bootstrap
            .getStaticResources()
            .getListeners(0)
            .getFilterChains(0)
            .getFilters(0)
            .getTypedConfig(),
        HttpConnectionManager.class);
  }

  private static <T extends Message> T unpacked(com.google.protobuf.Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** An unknown field, an unknown value and an unknown type are errors. */
  private static Bootstrap parse(String yaml) {
    try {
      String json = new ObjectMapper().writeValueAsString(new YAMLMapper().readTree(yaml));
      Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
      JsonFormat.parser().usingTypeRegistry(TYPES).merge(json, bootstrap);
      return bootstrap.build();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text() {
    try {
      return Files.readString(Repository.path("src-docs/operator/envoy.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
