/**
 * token-service: the life of personal access tokens, users and role assignments. It can create and
 * grant, but not sign.
 */
@NullMarked
package dev.osmo.token;

import org.jspecify.annotations.NullMarked;
