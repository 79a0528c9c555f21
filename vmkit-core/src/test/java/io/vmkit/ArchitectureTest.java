package io.vmkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** The directions between core's packages, and where it touches the world. */
@AnalyzeClasses(packages = "io.vmkit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule noCycles = slices().matching("io.vmkit.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule errorsStandBelowAll = only("error");
  @ArchTest static final ArchRule valuesKnowErrors = only("value", "error");
  @ArchTest static final ArchRule progressIsALeaf = only("progress", "error", "value");
  @ArchTest static final ArchRule processIsALeaf = only("process", "error", "value");
  @ArchTest static final ArchRule eventIsALeaf = only("event", "error", "value");
  @ArchTest static final ArchRule stateIsALeaf = only("state", "error", "value");
  @ArchTest static final ArchRule planKnowsLeaves = only("plan", "error", "value", "progress");
  @ArchTest static final ArchRule networkKnowsValues = only("network", "error", "value");

  @ArchTest
  static final ArchRule specKnowsWhatItIsMadeOf =
      only("spec", "error", "value", "image", "network");

  @ArchTest
  static final ArchRule anImageKnowsNoMachine =
      only("image", "error", "value", "process", "progress", "state");

  @ArchTest
  static final ArchRule theHostKnowsNoMachine =
      only("host", "error", "value", "image", "process", "progress", "state");

  @ArchTest static final ArchRule aGuestKnowsNoDriver = only("guest", "error", "value", "event");

  @ArchTest
  static final ArchRule nothingReachesBackToTheFrontDoor =
      noClasses()
          .that()
          .resideInAPackage("io.vmkit.(**)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vmkit");

  @ArchTest
  static final ArchRule execIsUsedOnlyToStartProcesses =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vmkit.process")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.exec..");

  @ArchTest
  static final ArchRule jschIsUsedOnlyBySshClasses =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.vmkit\\.guest\\.(Ssh\\w+|SftpTree|KnownHostKey)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.jcraft.jsch..");

  private static ArchRule only(String from, String... to) {
    String[] allowed =
        Stream.concat(Stream.of(from), Arrays.stream(to))
            .map(name -> "io.vmkit." + name + "..")
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("io.vmkit." + from + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(not(resideInAPackage("io.vmkit.."))));
  }
}
