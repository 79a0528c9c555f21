/** Small validated values: a name, a size, an address, a digest, a key pair. All immutable. */
@NullMarked
package io.vmkit.value;

import org.jspecify.annotations.NullMarked;
