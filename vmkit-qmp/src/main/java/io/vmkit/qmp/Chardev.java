package io.vmkit.qmp;

/**
 * One line of {@code query-chardev}.
 *
 * @param label the device's id
 * @param filename what is behind it, in QEMU's words, such as {@code unix:/run/x.sock,server=on}
 * @param frontendOpen whether the guest's side is open, as when its agent runs
 */
public record Chardev(String label, String filename, boolean frontendOpen) {}
