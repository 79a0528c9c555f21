/**
 * Work as data: what will be done is described by the very steps that then do it.
 *
 * <pre>
 * Plan = title + Step…      Step = StepDescription + action + undo
 *   plan.describe()  → the descriptions: the dry run
 *   plan.run(…)      → each action in order; when one fails, undo in reverse
 * </pre>
 */
@NullMarked
package io.vmkit.plan;

import org.jspecify.annotations.NullMarked;
