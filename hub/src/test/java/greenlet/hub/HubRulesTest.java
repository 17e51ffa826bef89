package greenlet.hub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import greenlet.hub.time.SystemClock;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** What lets a simulator bring its own time and choice later: nothing else in the hub reads a clock or a random number. */
@AnalyzeClasses(packages = "greenlet.hub", importOptions = ImportOption.DoNotIncludeTests.class)
class HubRulesTest {
    @ArchTest
    static final ArchRule time_isReadInOneClass = noClasses()
            .that()
            .doNotBelongToAnyOf(SystemClock.class)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class);

    @ArchTest
    static final ArchRule chance_isNowhere =
            noClasses().should().dependOnClassesThat().belongToAnyOf(Random.class, ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule scheduleTimeAndPoll_knowNothingOfTheJdksInsides = noClasses()
            .that()
            .resideInAnyPackage("greenlet.hub.schedule..", "greenlet.hub.time..", "greenlet.hub.poll..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("greenlet.hub.internal..", "jdk.internal..", "sun..");
}
