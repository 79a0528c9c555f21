/**
 * The front door of vmkit.
 *
 * <pre>
 * DomainSpec (what is wanted) → Vmkit.plan → Plan → Vmkit.create → Vm → Guest (inside it)
 * </pre>
 */
@NullMarked
package io.vmkit;

import org.jspecify.annotations.NullMarked;
