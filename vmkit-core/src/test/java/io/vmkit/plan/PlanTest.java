package io.vmkit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final List<String> log = new ArrayList<>();

  private Step step(String name, boolean fails) {
    return Step.of(
        StepDescription.of("do", name),
        () -> {
          log.add("do " + name);
          if (fails) {
            throw new IllegalStateException(name + " failed");
          }
        },
        () -> log.add("undo " + name));
  }

  @Property
  void whateverStepFailsItAndThoseBeforeItAreUndoneInReverse(
      @ForAll @IntRange(max = 6) int failing, @ForAll @IntRange(max = 3) int after) {
    List<Step> steps = new ArrayList<>();
    IntStream.range(0, failing).forEach(i -> steps.add(step("s" + i, false)));
    steps.add(step("broken", true));
    IntStream.range(0, after).forEach(i -> steps.add(step("later" + i, false)));
    log.clear();
    assertThatThrownBy(() -> Plan.of("p", steps).run(Progress.none())).hasMessage("broken failed");
    List<String> expected = new ArrayList<>();
    IntStream.range(0, failing).forEach(i -> expected.add("do s" + i));
    expected.add("do broken");
    expected.add("undo broken");
    IntStream.range(0, failing).forEach(i -> expected.add("undo s" + (failing - 1 - i)));
    assertThat(log).isEqualTo(expected);
  }

  @Test
  void anErrorOfUndoingDoesNotHideTheFirst() {
    Step stubborn =
        Step.of(
            StepDescription.of("make", "x"),
            () -> log.add("made"),
            () -> {
              throw new IllegalStateException("stays");
            });
    assertThatThrownBy(
            () -> Plan.of("p", List.of(stubborn, step("broken", true))).run(Progress.none()))
        .hasMessage("broken failed")
        .satisfies(error -> assertThat(error.getSuppressed()[0]).hasMessage("stays"));
  }

  @Test
  void theDryRunDescribesEveryStepAndDoesNothing() {
    Plan plan = Plan.of("create vm web", List.of(step("a", false), step("b", false)));
    assertThat(plan).hasToString("create vm web:\n  do a\n  do b");
    assertThat(plan.describe()).extracting(StepDescription::subject).containsExactly("a", "b");
    assertThat(log).isEmpty();
  }

  @Test
  void anInterruptedStepIsUndoneAndTheFlagKept() {
    Step interrupted =
        Step.of(
            StepDescription.of("wait", "long"),
            () -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted");
            },
            () -> log.add("undone, flag " + Thread.currentThread().isInterrupted()));
    assertThatThrownBy(() -> Plan.of("p", List.of(interrupted)).run(Progress.none()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("undone, flag false");
  }
}
