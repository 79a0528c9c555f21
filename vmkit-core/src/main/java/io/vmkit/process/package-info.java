/**
 * Programs of the host. The only package that starts processes.
 *
 * <pre>
 * Command (what to run, immutable) → CommandRunner → CommandResult
 *                                        └ time-out or interrupt: the whole process tree is killed
 * </pre>
 */
@NullMarked
package io.vmkit.process;

import org.jspecify.annotations.NullMarked;
