package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Texts of pages are English while a test runs, whatever the machine speaks. */
public final class English implements BeforeEachCallback, AfterEachCallback {
    private final Locale before = Locale.getDefault();

    @Override
    public void beforeEach(ExtensionContext context) {
        Locale.setDefault(Locale.ENGLISH);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Locale.setDefault(before);
    }
}
