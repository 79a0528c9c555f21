/** The inside of a running machine: shells, the guest agent, the console, and when it is ready. */
@NullMarked
package io.vmkit.guest;

import org.jspecify.annotations.NullMarked;
