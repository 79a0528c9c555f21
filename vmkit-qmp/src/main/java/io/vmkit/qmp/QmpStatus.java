package io.vmkit.qmp;

/**
 * The answer to {@code query-status}.
 *
 * @param state what the machine's processors are doing
 * @param running whether they run
 * @param name the state by QEMU's own name
 */
public record QmpStatus(RunState state, boolean running, String name) {}
