/**
 * A browser without a window: it follows redirects and submits the provider's forms. For tests and
 * for the tutorial that {@code deploy/local/up --demo} plays; set as {@code BROWSER} of the CLI.
 */
@NullMarked
package dev.osmo.devprovider.browser;

import org.jspecify.annotations.NullMarked;
