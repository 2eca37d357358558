package io.jenkins.plugins.sparkk8s.jenkins.step;

import org.jvnet.localizer.ResourceBundleHolder;

/** The translated texts of this package. */
final class Texts {
    private static final ResourceBundleHolder BUNDLE = ResourceBundleHolder.get(Texts.class);

    private Texts() {}

    static String of(String key, Object... arguments) {
        return BUNDLE.format(key, arguments);
    }
}
