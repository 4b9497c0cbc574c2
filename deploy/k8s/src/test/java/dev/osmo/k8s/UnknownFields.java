package dev.osmo.k8s;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields that fabric8's model does not know, which it keeps beside the known ones. */
final class UnknownFields {
  private static final String PACKAGE = "io.fabric8.";

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  /** Their paths in a model. */
  static List<String> of(Object model) {
    UnknownFields walk = new UnknownFields();
    walk.visit(model, "");
    return List.copyOf(walk.found);
  }

  private void visit(Object value, String path) {
    if (value instanceof Iterable<?> many) {
      many.forEach(one -> visit(one, path + "[]"));
    } else if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, one) -> visit(one, path + "." + key));
    } else if (value != null && !(value instanceof Enum<?>) && isModel(value.getClass())) {
      for (Method method : value.getClass().getMethods()) {
        if (method.getParameterCount() == 0
            && (method.isAnnotationPresent(JsonProperty.class)
                || method.isAnnotationPresent(JsonAnyGetter.class))) {
          visitField(value, method, path);
        }
      }
    }
  }

  private void visitField(Object value, Method getter, String path) {
    Object field;
    try {
      field = getter.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(getter + " cannot be called", e);
    }
    if (getter.isAnnotationPresent(JsonAnyGetter.class)) {
      ((Map<?, ?>) field).keySet().forEach(name -> found.add(path + "." + name));
    } else {
      visit(field, path + "." + getter.getAnnotation(JsonProperty.class).value());
    }
  }

  private static boolean isModel(Class<?> type) {
    return type.getName().startsWith(PACKAGE);
  }
}
