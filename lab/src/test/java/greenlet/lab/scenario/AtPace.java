package greenlet.lab.scenario;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has workers measure at another pace than a person's while a test runs.
 *
 * @param pace a share of the usual time
 */
public record AtPace(String pace) implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        System.setProperty(Pace.PROPERTY, pace);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.clearProperty(Pace.PROPERTY);
    }
}
