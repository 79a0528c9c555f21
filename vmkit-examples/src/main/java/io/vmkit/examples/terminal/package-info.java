/** What examples share that talk to a person at a terminal. */
@NullMarked
package io.vmkit.examples.terminal;

import org.jspecify.annotations.NullMarked;
