package dev.osmo.local.system;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of one OpenAPI document: its routes by subject, then its types.
 *
 * @param service whose document it is
 */
record ApiPages(String service, JsonObject document) {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  /** The first pattern that a path begins with decides. */
  private static final Map<String, String> SUBJECTS = new LinkedHashMap<>();

  static {
    SUBJECTS.put("/api/auth/access_token", "Your access tokens");
    SUBJECTS.put("/api/auth/user/{user_id}/access_token", "Access tokens of another user");
    SUBJECTS.put("/api/auth/user", "Users");
    SUBJECTS.put("/api/auth/roles", "Roles");
    SUBJECTS.put("/api/configs/role", "Roles");
    SUBJECTS.put("/api/auth/tokens", "All tokens and the audit trail");
    SUBJECTS.put("/api/auth/audit", "All tokens and the audit trail");
    SUBJECTS.put("/api/auth/jwt", "Exchange and sign-in");
    SUBJECTS.put("/oauth2/token", "Exchange and sign-in");
    SUBJECTS.put("/oauth2/device", "Exchange and sign-in");
    SUBJECTS.put("/api/auth/login", "Exchange and sign-in");
    SUBJECTS.put("/oauth2/introspect", "Introspection and revocation");
    SUBJECTS.put("/oauth2/revoke", "Introspection and revocation");
    SUBJECTS.put("/.well-known", "Keys and metadata");
    SUBJECTS.put("/api/auth/keys", "Keys and metadata");
    SUBJECTS.put("", "Other");
  }

  private String errors() {
    boolean oauth =
        document.getJsonObject("paths").fieldNames().stream()
            .anyMatch(path -> path.startsWith("/oauth2/"));
    return oauth
        ? "Each error is a problem document, except below ``/oauth2``, where it has the format of OAuth,"
            + " see :doc:`problems`."
        : "Each error is a problem document, see :doc:`problems`.";
  }

  String page() {
    String name = "API of " + service;
    StringBuilder page = new StringBuilder();
    page.append(Rst.heading(name, '='));
    page.append(
        "\n.. Generated from the OpenAPI document by ApiPagesTest, which explains how to regenerate"
            + " it. Do not edit.\n\n");
    page.append(
        Rst.wrapped(
            "",
            "%s This page shows the routes of the OpenAPI 3.1 document, and :doc:`rest` how to use"
                    .formatted(Rst.escaped(document.getJsonObject("info").getString("description")))
                + " them. "
                + errors()));
    page.append("\nThe document: :download:`openapi-%s.json".formatted(service));
    page.append(" <../contracts/openapi-%s.json>`.\n".formatted(service));
    subjects()
        .forEach(
            (subject, paths) -> {
              page.append('\n').append(Rst.heading(subject, '-'));
              paths.forEach(path -> routes(page, path));
            });
    page.append('\n').append(Rst.heading("Types", '-'));
    schemas().fieldNames().stream().sorted().forEach(type -> type(page, type));
    return page.toString();
  }

  private Map<String, List<String>> subjects() {
    Map<String, List<String>> found = new LinkedHashMap<>();
    SUBJECTS.values().forEach(subject -> found.putIfAbsent(subject, new ArrayList<>()));
    document.getJsonObject("paths").fieldNames().stream()
        .sorted()
        .forEach(path -> found.get(subject(path)).add(path));
    found.values().removeIf(List::isEmpty);
    return found;
  }

  private static String subject(String path) {
    return SUBJECTS.entrySet().stream()
        .filter(each -> path.startsWith(each.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private void routes(StringBuilder page, String path) {
    JsonObject item = document.getJsonObject("paths").getJsonObject(path);
    for (String method : METHODS) {
      JsonObject route = item.getJsonObject(method);
      if (route != null) {
        page.append("\n.. _%s:\n\n".formatted(anchor(method + "-" + path)));
        page.append(Rst.heading(Rst.literal(method.toUpperCase(Locale.ROOT) + " " + path), '~'));
        route(page, route, item.getJsonArray("parameters", new JsonArray()));
      }
    }
  }

  private void route(StringBuilder page, JsonObject route, JsonArray common) {
    String text = route.getString("summary") + " " + route.getString("description", "");
    page.append('\n').append(Rst.wrapped("", Rst.escaped(text)));
    page.append("\nCaller: ").append(caller(route)).append(".\n");
    List<JsonObject> parameters =
        Stream.concat(common.stream(), route.getJsonArray("parameters", new JsonArray()).stream())
            .map(JsonObject.class::cast)
            .toList();
    if (!parameters.isEmpty()) {
      table(
          page,
          "parameter",
          parameters.stream()
              .map(
                  each ->
                      new Row(
                          each.getString("name"),
                          type(each.getJsonObject("schema")),
                          required(
                              each.getBoolean("required", false),
                              "In the " + each.getString("in") + ".",
                              each.getString("description", ""))))
              .toList());
    }
    JsonObject content =
        route.getJsonObject("requestBody", new JsonObject()).getJsonObject("content");
    if (content != null) {
      content.fieldNames().stream()
          .sorted()
          .forEach(
              media -> body(page, media, content.getJsonObject(media).getJsonObject("schema")));
    }
    page.append("\nResponses: ").append(responses(route.getJsonObject("responses"))).append(".\n");
  }

  private void body(StringBuilder page, String media, JsonObject schema) {
    page.append("\nBody, %s: %s.\n".formatted(Rst.literal(media), type(schema)));
    if (schema.containsKey("properties")) {
      table(page, "member", members(schema));
    }
  }

  private String caller(JsonObject route) {
    JsonArray security = route.getJsonArray("security", new JsonArray());
    if (security.isEmpty()) {
      return "anybody";
    }
    boolean optional = security.stream().map(JsonObject.class::cast).anyMatch(JsonObject::isEmpty);
    return security.stream()
        .map(JsonObject.class::cast)
        .flatMap(each -> each.stream())
        .map(
            each -> {
              JsonArray roles = (JsonArray) each.getValue();
              return scheme(each.getKey())
                  + (roles.isEmpty()
                      ? ""
                      : " with the role "
                          + roles.stream()
                              .map(role -> Rst.literal((String) role))
                              .collect(Collectors.joining(" and ")));
            })
        .distinct()
        .collect(Collectors.joining(", or ", "", optional ? ", or nothing" : ""));
  }

  /** What a caller sends. */
  private String scheme(String name) {
    JsonObject scheme =
        document.getJsonObject("components").getJsonObject("securitySchemes").getJsonObject(name);
    if (scheme.getString("scheme", "").equals("basic")) {
      return "an access token as the password of HTTP Basic";
    }
    return "JWT".equals(scheme.getString("bearerFormat")) ? "a JWT" : "an access token";
  }

  private String responses(JsonObject responses) {
    String text =
        responses.fieldNames().stream()
            .sorted()
            .map(
                status -> {
                  JsonObject response = resolved(responses.getJsonObject(status));
                  String types = status.startsWith("2") ? contents(response) : "";
                  return status + (types.isEmpty() ? "" : " (" + types + ")");
                })
            .collect(Collectors.joining(", "));
    return Rst.wrapped("", "Responses: " + text).strip().substring("Responses: ".length());
  }

  private String contents(JsonObject response) {
    return response.getJsonObject("content", new JsonObject()).stream()
        .map(each -> ((JsonObject) each.getValue()).getJsonObject("schema"))
        .filter(schema -> schema != null)
        .map(this::type)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private JsonObject resolved(JsonObject given) {
    String reference = given.getString("$ref");
    if (reference == null) {
      return given;
    }
    JsonObject found = document;
    for (String part : List.of(reference.substring(2).split("/", -1))) {
      found = found.getJsonObject(part);
    }
    return found;
  }

  private void type(StringBuilder page, String name) {
    JsonObject schema = schemas().getJsonObject(name);
    page.append("\n.. _%s:\n\n".formatted(anchor("type-" + name)));
    page.append(Rst.heading(Rst.literal(name), '~'));
    String description = schema.getString("description", "");
    if (!description.isEmpty()) {
      page.append('\n').append(Rst.wrapped("", Rst.escaped(description)));
    }
    if (schema.containsKey("properties")) {
      table(page, "member", members(schema));
    } else {
      page.append('\n').append(Rst.wrapped("", "A value: " + type(schema) + "."));
    }
  }

  private List<Row> members(JsonObject schema) {
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    JsonObject properties = schema.getJsonObject("properties");
    return properties.fieldNames().stream()
        .map(
            name -> {
              JsonObject member = properties.getJsonObject(name);
              return new Row(
                  name,
                  type(member),
                  required(required.contains(name), "", member.getString("description", "")));
            })
        .toList();
  }

  private static String required(boolean required, String place, String text) {
    return Stream.of(required ? "Required." : "", place, Rst.escaped(text))
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private record Row(String name, String type, String text) {}

  private static void table(StringBuilder page, String first, List<Row> rows) {
    page.append("\n.. list-table::\n   :header-rows: 1\n   :widths: 26 30 44\n\n");
    page.append("   * - %s\n     - type\n     - meaning\n".formatted(first));
    for (Row row : rows) {
      page.append("   * - ").append(Rst.literal(row.name())).append('\n');
      cell(page, row.type());
      cell(page, row.text());
    }
  }

  private static void cell(StringBuilder page, String text) {
    if (text.isEmpty()) {
      page.append("     -\n");
    } else {
      page.append("     - ").append(Rst.wrapped("       ", text).strip()).append('\n');
    }
  }

  private String type(JsonObject schema) {
    if (schema.containsKey("$ref")) {
      String reference = schema.getString("$ref");
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return ":ref:`%s <%s>`".formatted(name, anchor("type-" + name));
    }
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      if (schema.containsKey(choice)) {
        return schema.getJsonArray(choice).stream()
            .map(each -> type((JsonObject) each))
            .collect(Collectors.joining(" or "));
      }
    }
    if (schema.containsKey("const")) {
      return Rst.literal(schema.getString("const"));
    }
    if (schema.containsKey("enum")) {
      return schema.getJsonArray("enum").stream()
          .map(each -> Rst.literal(String.valueOf(each)))
          .collect(Collectors.joining(", "));
    }
    if (schema.containsKey("items")) {
      return "list of " + type(schema.getJsonObject("items"));
    }
    Object type = schema.getValue("type", "any JSON");
    return type instanceof JsonArray several
        ? several.stream().map(String::valueOf).collect(Collectors.joining(" or "))
        : String.valueOf(type);
  }

  private JsonObject schemas() {
    return document.getJsonObject("components").getJsonObject("schemas");
  }

  private String anchor(String text) {
    return Stream.of("api-" + service, text)
        .map(each -> each.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
        .collect(Collectors.joining("-"))
        .replaceAll("-+$", "");
  }
}
