/**
 * What is wanted: immutable descriptions of machines and their parts. Nothing here does anything.
 */
@NullMarked
package io.vmkit.spec;

import org.jspecify.annotations.NullMarked;
