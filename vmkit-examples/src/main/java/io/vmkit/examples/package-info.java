/** Recipes, each in one file and run by {@code vmkit-examples/run NAME}. */
@NullMarked
package io.vmkit.examples;

import org.jspecify.annotations.NullMarked;
