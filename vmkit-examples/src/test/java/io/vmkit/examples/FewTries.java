package io.vmkit.examples;

import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** Ends properties after a few tries: each costs seconds in an emulated guest. */
final class FewTries implements AroundTryHook {
  private static final int ENOUGH = 3;

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
    Store<Integer> tries = Store.getOrCreate(FewTries.class, Lifespan.PROPERTY, () -> 0);
    tries.update(count -> count + 1);
    TryExecutionResult result = aTry.execute(parameters);
    boolean satisfied = result.status() == TryExecutionResult.Status.SATISFIED;
    return satisfied && tries.get() >= ENOUGH ? TryExecutionResult.satisfied(true) : result;
  }
}
