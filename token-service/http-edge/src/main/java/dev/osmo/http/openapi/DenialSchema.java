package dev.osmo.http.openapi;

import dev.osmo.http.denial.DenialReason;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The member {@code denial} of a refusal ({@link dev.osmo.http.denial.Denial}). */
public final class DenialSchema {

  private DenialSchema() {}

  public static Schema schema() {
    Schema denial = object();
    denial.addProperty(
        "reason",
        text()
            .enumeration(
                Arrays.stream(DenialReason.values()).<Object>map(DenialReason::wireName).toList()));
    List.of("user_name", "message").forEach(name -> denial.addProperty(name, text()));
    List.of("token_name", "since", "by").forEach(name -> denial.addProperty(name, textOrNull()));
    denial.addProperty("removed_roles", listOf(removedRole()));
    denial.addProperty("next", listOf(text()));
    return denial
        .required(List.copyOf(denial.getProperties().keySet()))
        .description("The explanation for the holder of the credential.");
  }

  private static Schema removedRole() {
    Schema role = object();
    List.of("role", "removed_by", "removed_at").forEach(name -> role.addProperty(name, text()));
    return role.required(List.copyOf(role.getProperties().keySet()));
  }

  private static Schema listOf(Schema items) {
    return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items);
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(SchemaType.OBJECT);
  }

  private static Schema textOrNull() {
    return text().addType(SchemaType.NULL);
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }
}
