package dev.osmo.http.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the schemas of records what the framework does not derive: a response has every
 * component, {@code null} only where the record allows it, and a request has no unknown field.
 */
final class RecordSchemas {

  private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
  private static final DotName VALUE =
      DotName.createSimple("com.fasterxml.jackson.annotation.JsonValue");
  private static final DotName INCLUDE =
      DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
  private static final DotName UNWRAPPED =
      DotName.createSimple("com.fasterxml.jackson.annotation.JsonUnwrapped");

  private final IndexView index;
  private final Map<String, ClassInfo> bySimpleName = new HashMap<>();

  RecordSchemas(IndexView index, String packages) {
    this.index = index;
    index.getKnownClasses().stream()
        .filter(type -> type.isRecord() && type.name().toString().startsWith(packages))
        .forEach(type -> bySimpleName.put(type.simpleName(), type));
  }

  /**
   * @param requests the names of those that are bodies of requests
   */
  void complete(Map<String, Schema> schemas, Set<String> requests) {
    schemas.forEach(
        (name, schema) -> {
          ClassInfo type = bySimpleName.get(name);
          if (type != null) {
            complete(type, schema, requests.contains(name));
          }
        });
    anything(schemas.get("JsonNode"));
    nothing(schemas.get("NullNode"));
  }

  private void complete(ClassInfo type, Schema schema, boolean request) {
    if (isOneValue(type)) {
      plainText(schema);
    } else if (request) {
      schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    } else {
      response(schema, nullable(type), omitsNull(type));
    }
  }

  private static boolean isOneValue(ClassInfo type) {
    return type.fields().stream().anyMatch(field -> field.hasAnnotation(VALUE))
        || type.methods().stream().anyMatch(method -> method.hasAnnotation(VALUE));
  }

  private static boolean omitsNull(ClassInfo type) {
    AnnotationInstance include = type.declaredAnnotation(INCLUDE);
    return include != null && include.value().asEnum().equals("NON_NULL");
  }

  private static void response(Schema schema, Set<String> nullable, boolean omitsNull) {
    Map<String, Schema> properties = Map.copyOf(schema.getProperties());
    if (omitsNull) {
      schema.setRequired(
          properties.keySet().stream().filter(name -> !nullable.contains(name)).sorted().toList());
      return;
    }
    properties.forEach(
        (name, property) ->
            schema.addProperty(name, nullable.contains(name) ? orNull(property) : property));
    schema.setRequired(properties.keySet().stream().sorted().toList());
  }

  private Set<String> nullable(ClassInfo type) {
    Set<String> names = new HashSet<>();
    for (RecordComponentInfo component : type.recordComponents()) {
      if (component.type().hasAnnotation(NULLABLE)) {
        names.add(snakeCase(component.name()));
      }
      if (type.field(component.name()).hasAnnotation(UNWRAPPED)) {
        names.addAll(nullable(index.getClassByName(component.type().name())));
      }
    }
    return names;
  }

  private static Schema orNull(Schema schema) {
    Schema nothing = OASFactory.createSchema().addType(SchemaType.NULL);
    return OASFactory.createSchema().anyOf(new ArrayList<>(List.of(schema, nothing)));
  }

  private static void plainText(Schema schema) {
    schema.setType(List.of(SchemaType.STRING));
    schema.setProperties(null);
  }

  private static void anything(@Nullable Schema schema) {
    if (schema != null) {
      schema.setType(null);
      schema.setProperties(null);
    }
  }

  private static void nothing(@Nullable Schema schema) {
    if (schema != null) {
      schema.setType(List.of(SchemaType.NULL));
      schema.setItems(null);
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
