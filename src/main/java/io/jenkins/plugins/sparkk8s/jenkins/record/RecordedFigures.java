package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import java.io.Serializable;

/** What an application used and did over time, as it was last seen at its end; immutable. */
@XStreamAlias("sparkFigures")
final class RecordedFigures implements Serializable {
    static final RecordedFigures NONE = new RecordedFigures(null, null);

    private static final long serialVersionUID = 1L;

    // Null before the end, and when the application was not watched then.
    private final RecordedCost cost;

    /** As JSON. */
    private final String timeline;

    private RecordedFigures(RecordedCost cost, String timeline) {
        this.cost = cost;
        this.timeline = timeline;
    }

    /** @param last null changes nothing */
    RecordedFigures seen(ApplicationState last, SecretMask mask) {
        return last == null
                ? this
                : new RecordedFigures(
                        last.cost() == null ? cost : RecordedCost.of(last.cost()),
                        last.timeline() == null
                                ? timeline
                                : mask.mask(last.timeline().toJson()));
    }

    RecordedFigures withoutTimeline() {
        return new RecordedFigures(cost, null);
    }

    RecordedCost cost() {
        return cost;
    }

    String timeline() {
        return timeline;
    }
}
