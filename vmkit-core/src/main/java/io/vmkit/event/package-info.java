/** Events that reach every listener, each by a queue of its own. */
@NullMarked
package io.vmkit.event;

import org.jspecify.annotations.NullMarked;
