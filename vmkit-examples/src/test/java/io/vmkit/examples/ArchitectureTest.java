package io.vmkit.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What holds in all modules, and between them. Core has rules of its own beside these. */
@AnalyzeClasses(
    packages = "io.vmkit",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
class ArchitectureTest {
  /** Where a socket or a channel to another process may be opened, and nowhere else. */
  private static final String TRANSPORTS =
      "io\\.vmkit\\.(qmp\\.session\\.(Unix|Tcp)Transport"
          + "|qemu\\.machine\\.SerialSocket"
          + "|guest\\.(Ssh\\w+|HttpCondition)"
          + "|image\\.(UrlSource|Download)"
          // The peer that vmkit is measured against.
          + "|examples\\.bench\\.BareQemu)(\\$.*)?";

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.vmkit.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule codecsUseNothingOfOurs =
      classes()
          .that()
          .resideInAPackage("io.vmkit.qmp.codec")
          .should()
          .onlyDependOnClassesThat(resideInAPackage("io.vmkit.qmp.codec").or(notOurs()));

  @ArchTest
  static final ArchRule sessionsUseCodecs =
      classes()
          .that()
          .resideInAPackage("io.vmkit.qmp.session")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.vmkit.qmp.session", "io.vmkit.qmp.codec", "io.vmkit.error")
                  .or(notOurs()));

  @ArchTest
  static final ArchRule clientsKnowNoDriver =
      noClasses()
          .that()
          .resideInAPackage("io.vmkit.qmp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vmkit.qemu..", "io.vmkit.driver..");

  @ArchTest
  static final ArchRule driversNeverNameEachOther =
      slices()
          .matching("io.vmkit.(qemu|libvirt)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule seedsKnowOnlyTheSpecsSide =
      noClasses()
          .that()
          .resideInAnyPackage("io.vmkit.cloudinit..", "io.vmkit.identity..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vmkit", "io.vmkit.driver..", "io.vmkit.guest..", "io.vmkit.process..");

  @ArchTest
  static final ArchRule processesStartInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vmkit.process")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(target(owner(assignableTo(Runtime.class))).and(target(name("exec"))));

  @ArchTest
  static final ArchRule connectionsOpenInTransports =
      noClasses()
          .that()
          .haveNameNotMatching(TRANSPORTS)
          .should()
          .dependOnClassesThat(
              assignableTo(java.net.Socket.class)
                  .or(assignableTo(java.net.ServerSocket.class))
                  .or(assignableTo(java.net.DatagramSocket.class))
                  .or(assignableTo(java.net.http.HttpClient.class))
                  .or(assignableTo(java.nio.channels.NetworkChannel.class))
                  .or(resideInAPackage("jnr.unixsocket..")));

  @ArchTest
  static final ArchRule jnrIsUsedOnlyByTheUnixTransports =
      noClasses()
          .that()
          .haveNameNotMatching(
              "io\\.vmkit\\.(qmp\\.session\\.UnixTransport|qemu\\.machine\\.SerialSocket)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jnr..");

  @ArchTest
  static final ArchRule coreShowsNoLibrary =
      classes()
          .that()
          .arePublic()
          .and()
          .resideInAnyPackage(
              "io.vmkit",
              "io.vmkit.driver..",
              "io.vmkit.error..",
              "io.vmkit.event..",
              "io.vmkit.guest..",
              "io.vmkit.host..",
              "io.vmkit.image..",
              "io.vmkit.network..",
              "io.vmkit.plan..",
              "io.vmkit.process..",
              "io.vmkit.progress..",
              "io.vmkit.spec..",
              "io.vmkit.state..",
              "io.vmkit.value..")
          .should(showNothingOf("jnr.", "com.jcraft.", "com.fasterxml.", "org.apache.commons."));

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields().that().areStatic().and().areDeclaredInClassesThat(notGenerated()).should().beFinal();

  @ArchTest
  static final ArchRule logsGoToSlf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  /** The contracts in vmkit-core's test jar start processes of their own. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static DescribedPredicate<JavaClass> notOurs() {
    return not(resideInAPackage("io.vmkit.."));
  }

  /** JMH makes classes of the benchmarks. */
  private static DescribedPredicate<JavaClass> notGenerated() {
    return not(resideInAPackage("..jmh_generated.."));
  }

  private static ArchCondition<JavaClass> showNothingOf(String... packages) {
    return new ArchCondition<>("show no type of " + String.join(", ", packages)) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          if (isShown(unit)) {
            check(unit, events);
          }
        }
      }

      private void check(JavaCodeUnit unit, ConditionEvents events) {
        for (JavaClass shown : unit.getAllInvolvedRawTypes()) {
          for (String name : packages) {
            if (shown.getName().startsWith(name)) {
              events.add(
                  SimpleConditionEvent.violated(
                      unit, unit.getFullName() + " shows " + shown.getName()));
            }
          }
        }
      }
    };
  }

  private static boolean isShown(JavaCodeUnit unit) {
    return unit.getModifiers().contains(JavaModifier.PUBLIC)
        || unit.getModifiers().contains(JavaModifier.PROTECTED);
  }
}
