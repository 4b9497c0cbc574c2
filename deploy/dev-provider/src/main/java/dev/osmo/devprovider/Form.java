package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.util.List;
import java.util.Map;

/** The fields of a submitted form or of a query. */
record Form(Map<String, List<String>> fields) {

  static Form parse(String encoded) {
    return new Form(URLUtils.parseParameters(encoded));
  }

  /** The first value, or an empty text. */
  String value(String name) {
    return fields.getOrDefault(name, List.of("")).getFirst();
  }
}
