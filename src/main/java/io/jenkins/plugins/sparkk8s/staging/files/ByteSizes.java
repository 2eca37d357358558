package io.jenkins.plugins.sparkk8s.staging.files;

import java.util.Locale;

/** Sizes as a person reads them. */
public final class ByteSizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private ByteSizes() {}

    /** In the largest binary unit that leaves at least 1, such as {@code 1.5 KiB}. */
    public static String readable(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
