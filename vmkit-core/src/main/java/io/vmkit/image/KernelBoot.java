package io.vmkit.image;

import java.nio.file.Path;

/**
 * A kernel that QEMU starts itself, without firmware's help or a boot loader: QEMU's {@code
 * -kernel}, {@code -initrd} and {@code -append}.
 *
 * @param kernel the kernel
 * @param initrd the initial RAM disk
 * @param commandLine the kernel's arguments
 */
public record KernelBoot(Path kernel, Path initrd, String commandLine) {}
