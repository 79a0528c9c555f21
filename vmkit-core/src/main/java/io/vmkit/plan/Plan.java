package io.vmkit.plan;

import io.vmkit.progress.Progress;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Steps in order, made by a driver from what is wanted. Making a plan changes nothing; what cannot
 * be done fails then. Immutable; a plan is run once.
 */
public final class Plan {
  private final String title;
  private final List<Step> steps;

  private Plan(String title, List<Step> steps) {
    this.title = title;
    this.steps = steps;
  }

  /**
   * {@return a plan}
   *
   * @param title what it is for, in the imperative: {@code "create vm web"}
   * @param steps its steps in order
   */
  public static Plan of(String title, List<Step> steps) {
    return new Plan(title, List.copyOf(steps));
  }

  /** {@return what the plan is for} */
  public String title() {
    return title;
  }

  /** {@return what each step does, in order: what a run will do and nothing else} */
  public List<StepDescription> describe() {
    return steps.stream().map(Step::description).toList();
  }

  /**
   * Carries the steps out in order. When one fails, it and those before it are undone in reverse
   * and its error is thrown; errors of undoing are added to it as suppressed.
   *
   * @param progress told of each step done
   */
  public void run(Progress progress) {
    int done = 0;
    try (Progress.Task task = progress.begin(title, OptionalLong.of(steps.size()), "steps")) {
      for (; done < steps.size(); done++) {
        task.note(steps.get(done).toString());
        steps.get(done).run();
        task.done(done + 1L);
      }
    } catch (RuntimeException | Error failure) {
      int last = Math.min(done, steps.size() - 1);
      Uninterrupted.run(() -> undo(last, failure));
      throw failure;
    }
  }

  private void undo(int last, Throwable failure) {
    for (int i = last; i >= 0; i--) {
      try {
        steps.get(i).undo();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** {@return title and steps, one a line: the dry run for people} */
  @Override
  public String toString() {
    return steps.stream()
        .map(step -> "\n  " + step)
        .collect(Collectors.joining("", title + ":", ""));
  }
}
