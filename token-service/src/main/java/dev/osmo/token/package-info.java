/**
 * token-service: manages personal access tokens, users and role assignments. It can create tokens
 * and grant roles, but it cannot sign JWTs.
 */
@NullMarked
package dev.osmo.token;

import org.jspecify.annotations.NullMarked;
