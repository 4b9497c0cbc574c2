/**
 * An example of a third-party workflow API for osmo. It is a resource server: it accepts JWTs that
 * the published key set verifies. It uses configuration only ({@code mp.jwt.*} in {@code
 * application.properties}) and does not depend on the services. It keeps submitted workflows in one
 * file of {@code sample-api.folder} and never runs them.
 */
@NullMarked
package dev.osmo.sample;

import org.jspecify.annotations.NullMarked;
