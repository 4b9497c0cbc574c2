/**
 * A workflow API as a third party would write it against osmo. It is a resource server: it accepts
 * a JWT that the published key set verifies, by configuration only ({@code mp.jwt.*} in {@code
 * application.properties}), and has no other tie to the services. It keeps submitted workflows in
 * one file of {@code sample-api.folder} and never runs them.
 */
@NullMarked
package dev.osmo.sample;

import org.jspecify.annotations.NullMarked;
