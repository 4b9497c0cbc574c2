/**
 * The OpenAPI document of this service. Works while the service is built and knows routes and
 * records only by their shape; at run time nothing happens here.
 */
@NullMarked
package dev.osmo.token.openapi;

import org.jspecify.annotations.NullMarked;
