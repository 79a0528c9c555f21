package io.vmkit.guest;

/**
 * What runs in a guest, by os-release(5) and uname(2). What the guest does not tell is empty.
 *
 * @param id the system's id, such as {@code debian}
 * @param versionId its version, such as {@code 12}
 * @param prettyName its name for people
 * @param kernelRelease the kernel's release, such as {@code 6.1.0-18-amd64}
 * @param machine the architecture as the guest calls it, such as {@code x86_64}
 */
public record GuestOs(
    String id, String versionId, String prettyName, String kernelRelease, String machine) {}
