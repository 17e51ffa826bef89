package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Mechanisms;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each column takes part in, and what it says where it does not. */
class PythonMechanismTest {
    @Test
    void registry_holdsTheFourColumns() {
        assertThat(Mechanisms.all())
                .filteredOn(PythonMechanism.class::isInstance)
                .extracting(Mechanism::name)
                .containsExactly("python-greenlets", "gevent", "python-threads", "python-processes");
    }

    @Test
    void notApplicable_scenariosOfThisProjectOnly_namesThoseMeasured() {
        for (String scenario : List.of("video", "control")) {
            assertThat(PythonMechanism.threads().notApplicable(scenario))
                    .contains("Python is measured in create, switch, memory, requests, sharing, timeshare, server,"
                            + " science");
        }
    }

    @Test
    void notApplicable_bareGreenletsAndSockets_pointsToGevent() {
        assertThat(PythonMechanism.greenlets().notApplicable("requests"))
                .get()
                .asString()
                .contains("no event loop");
        assertThat(PythonMechanism.greenlets().notApplicable("server"))
                .get()
                .asString()
                .contains("gevent");
        assertThat(PythonMechanism.gevent().notApplicable("server")).isEmpty();
    }

    @Test
    void notApplicable_processesAndSharing_saysWhy() {
        assertThat(PythonMechanism.processes().notApplicable("sharing"))
                .get()
                .asString()
                .contains("share no memory");
        assertThat(PythonMechanism.threads().notApplicable("sharing")).isEmpty();
    }

    @Test
    void forks_areAThirdOfTheJvms() {
        assertThat(List.of(1, 2, 3, 7))
                .extracting(PythonMechanism.gevent()::forks)
                .containsExactly(1, 1, 1, 3);
    }
}
