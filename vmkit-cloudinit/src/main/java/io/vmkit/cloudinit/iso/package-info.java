/**
 * Writes ISO 9660 images that every guest can read: ECMA-119 level 2 (level 3 when a file exceeds 4
 * GiB) with Rock Ridge for Linux and the BSDs, and Joliet for Windows. The same description gives
 * the same bytes.
 *
 * <pre>
 *   IsoImage  ──►  Layout  ──►  VolumeDescriptor, PathTable,   ──►  ImageOutput  ──►  file
 *   (what)         (where)      DirectoryRecords, SystemUse         (streams)
 *
 *   sector  0  system area, empty           ECMA-119 6.2.1
 *          16  primary descriptor           8.4
 *          17  Joliet descriptor            8.5, Joliet 1995
 *          18  terminator                   8.3
 *          19  path tables: primary L, M, Joliet L, M      9.4
 *           …  directories of the primary hierarchy        9.1, Rock Ridge in the system use fields
 *           …  continuation areas                          SUSP 1.12 section 5.1 (CE)
 *           …  directories of the Joliet hierarchy
 *           …  content of the files, shared by both hierarchies
 * </pre>
 *
 * <p>The documents: ECMA-119 (third edition), SUSP 1.12 (IEEE P1281), RRIP 1.12 (IEEE P1282),
 * Joliet Specification (Microsoft, 1995).
 */
@NullMarked
package io.vmkit.cloudinit.iso;

import org.jspecify.annotations.NullMarked;
