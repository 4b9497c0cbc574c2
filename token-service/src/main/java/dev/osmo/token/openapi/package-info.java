/** Completes this service's OpenAPI document at build time. Runs in the build only. */
@NullMarked
package dev.osmo.token.openapi;

import org.jspecify.annotations.NullMarked;
