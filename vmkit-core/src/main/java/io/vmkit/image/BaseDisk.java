package io.vmkit.image;

import io.vmkit.value.MemorySize;
import java.nio.file.Path;

/**
 * A disk that machines share and none writes to: each has an overlay over it.
 *
 * @param file the file, absolute
 * @param format how the disk is stored in it
 * @param virtualSize the size that a guest sees
 */
public record BaseDisk(Path file, DiskFormat format, MemorySize virtualSize) {}
