/**
 * What a driver of a hypervisor offers: a small interface that all have, and optional ones.
 *
 * <pre>
 * Driver        what exists: list, inspect, power, events
 * Provisioner   makes and removes machines, as plans
 * GuestAccess   ways into a running machine: agent, SSH, console
 * </pre>
 */
@NullMarked
package io.vmkit.driver;

import org.jspecify.annotations.NullMarked;
