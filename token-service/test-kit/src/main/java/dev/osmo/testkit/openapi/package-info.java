/** Checks responses against an OpenAPI document. */
@NullMarked
package dev.osmo.testkit.openapi;

import org.jspecify.annotations.NullMarked;
