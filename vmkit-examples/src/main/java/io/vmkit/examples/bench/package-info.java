/**
 * What vmkit costs, measured beside a peer in the same run: {@code vmkit-examples/run bench
 * [NAME…]} prints one JSON object a line.
 */
@NullMarked
package io.vmkit.examples.bench;

import org.jspecify.annotations.NullMarked;
