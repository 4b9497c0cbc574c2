/** Raw requests and complete answers, for tests that need every byte of them. */
@NullMarked
package dev.osmo.testkit.http;

import org.jspecify.annotations.NullMarked;
