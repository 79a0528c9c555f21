/** How machines are reached: networks, ports, addresses. */
@NullMarked
package io.vmkit.network;

import org.jspecify.annotations.NullMarked;
