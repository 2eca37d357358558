package io.jenkins.plugins.sparkk8s;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what comes in any case: when it comes is a matter of what else the machine does. A limit of its own
 * belongs only to what the product promises to do in a certain time.
 */
public final class TestTimeouts implements BeforeAllCallback {
    public static final Duration SOON = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(SOON);
    }
}
