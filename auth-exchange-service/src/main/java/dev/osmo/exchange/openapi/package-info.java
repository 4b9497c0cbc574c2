/** Completes this service's OpenAPI document at build time. Runs in the build only. */
@NullMarked
package dev.osmo.exchange.openapi;

import org.jspecify.annotations.NullMarked;
