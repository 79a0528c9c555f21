package io.vmkit.guest;

import java.time.Instant;

/**
 * A line that a machine wrote to its serial console.
 *
 * @param at when its end came
 * @param text the line, without its end and without terminal control sequences
 */
public record ConsoleLine(Instant at, String text) {}
