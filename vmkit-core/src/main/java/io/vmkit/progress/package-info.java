/** How far a long operation has come, told to whoever wants to know. */
@NullMarked
package io.vmkit.progress;

import org.jspecify.annotations.NullMarked;
