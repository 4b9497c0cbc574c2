/** Architecture rules for the packages of every module. Reads class files, Java sources and SQL. */
@NullMarked
package dev.osmo.testkit.rooms;

import org.jspecify.annotations.NullMarked;
