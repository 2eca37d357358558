package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a monitor needs to know of an application beside its place; immutable, and without a secret. */
@XStreamAlias("sparkMonitoring")
final class RecordedMonitoring implements Serializable {
    static final RecordedMonitoring NONE = new RecordedMonitoring(null, null);

    private static final long serialVersionUID = 1L;

    /** Null before the objects are about to be created, and when only what a list shows is kept. */
    private final Map<String, String> conf;

    /** How much of the driver's log is shown, by its word; null before the objects are about to be created. */
    private final String driverLog;

    private RecordedMonitoring(Map<String, String> conf, String driverLog) {
        this.conf = conf;
        this.driverLog = driverLog;
    }

    static RecordedMonitoring of(Map<String, String> conf, DriverLogMode mode) {
        return new RecordedMonitoring(new LinkedHashMap<>(new TreeMap<>(conf)), mode.word());
    }

    RecordedMonitoring withoutConf() {
        return new RecordedMonitoring(null, driverLog);
    }

    Map<String, String> conf() {
        return conf == null ? Map.of() : new TreeMap<>(conf);
    }

    /** All of it when another version of the plugin wrote a word that is not known. */
    DriverLogMode driverLogMode() {
        return DriverLogMode.find(driverLog).orElse(driverLog == null ? DriverLogMode.NONE : DriverLogMode.ALL);
    }
}
