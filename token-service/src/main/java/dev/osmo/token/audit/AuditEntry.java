package dev.osmo.token.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change.
 *
 * @param userId the user it concerns
 * @param patId the access token it concerns
 * @param details further facts; never a secret
 */
public record AuditEntry(
    AuditAction action,
    @Nullable String userId,
    @Nullable String patId,
    Map<String, Object> details) {

  public static AuditEntry ofUser(AuditAction action, String userId) {
    return new AuditEntry(action, userId, null, Map.of());
  }

  public static AuditEntry ofUser(AuditAction action, String userId, Map<String, Object> details) {
    return new AuditEntry(action, userId, null, details);
  }

  public static AuditEntry ofRole(AuditAction action, @Nullable String userId, String role) {
    return new AuditEntry(action, userId, null, Map.of("role", role));
  }

  public static AuditEntry ofToken(
      AuditAction action, String userId, String patId, Map<String, Object> details) {
    return new AuditEntry(action, userId, patId, details);
  }
}
