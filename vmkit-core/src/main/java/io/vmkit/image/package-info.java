/**
 * What machines are made from: images obtained from a source, kept in a store, never written to.
 *
 * <pre>
 * ImageSource (tiny guest, file, URL, Debian) → ImageStore (cache by content of the recipe) → Image
 * </pre>
 */
@NullMarked
package io.vmkit.image;

import org.jspecify.annotations.NullMarked;
