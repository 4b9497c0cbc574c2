package dev.osmo.token.caller;

import dev.osmo.token.input.AsciiCase;

/**
 * The user whom a path names as the owner of what it addresses. Returns the name only to a caller
 * who may act for that user, so a route cannot forget the check.
 */
public final class NamedOwner {

  private final String userId;

  /** Called by the framework with the part of the path. */
  public NamedOwner(String userId) {
    this.userId = userId;
  }

  /**
   * The user: the caller, or for an administrator any user. Fails with a refusal for other callers,
   * before anything is read.
   */
  public String forCaller(CallerIdentity caller) {
    if (AsciiCase.equal(userId, caller.userId())) {
      return caller.userId();
    }
    if (!caller.isAdministrator()) {
      throw AccessRefusals.NOT_ADMINISTRATOR.toException();
    }
    return userId;
  }
}
