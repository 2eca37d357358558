package io.jenkins.plugins.sparkk8s.jenkins.overview;

import io.jenkins.plugins.sparkk8s.jenkins.inventory.RetainedDriver;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A driver pod of {@link SparkOverview}. */
@ExportedBean(defaultVisibility = SparkOverview.VISIBILITY)
public final class OverviewDriver {
    private final RetainedDriver driver;

    OverviewDriver(RetainedDriver driver) {
        this.driver = driver;
    }

    @Exported
    public String getCluster() {
        return driver.cluster();
    }

    @Exported
    public String getNamespace() {
        return driver.namespace();
    }

    @Exported
    public String getPod() {
        return driver.pod();
    }

    /** When it is to be removed, in milliseconds since 1970. */
    @Exported
    public long getRemoveAt() {
        return driver.removeAt().toEpochMilli();
    }
}
