/**
 * What vmkit keeps on disk. Every name is given in {@link io.vmkit.state.StateLayout}; files are
 * replaced whole or not at all; several JVMs may share a directory.
 */
@NullMarked
package io.vmkit.state;

import org.jspecify.annotations.NullMarked;
