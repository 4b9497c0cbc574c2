/**
 * Completes the OpenAPI document of a service at build time: schemas of records, headers and error
 * responses. Runs in the build only.
 */
@NullMarked
package dev.osmo.http.openapi;

import org.jspecify.annotations.NullMarked;
