package dev.osmo.token.denial;

import dev.osmo.token.audit.Actor;

/**
 * A refused request of a known caller.
 *
 * @param operation the method and the path of the route, without the values that the caller chose
 * @param problem the name of the problem in the response
 */
record Denial(Actor actor, String operation, String problem) {}
