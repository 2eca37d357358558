package io.jenkins.plugins.sparkk8s.jenkins.history;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The last applications of a job, as they are in its file; immutable. */
@XStreamAlias("sparkHistory")
final class RecordedHistory implements Serializable {
    /** How many are kept of one name, so that one that runs often does not push out the others. */
    static final int KEPT_OF_A_NAME = 50;

    /** How many are kept at all. */
    static final int KEPT = 500;

    static final RecordedHistory NONE = new RecordedHistory(List.of());

    private static final long serialVersionUID = 1L;

    private final ArrayList<HistoryEntry> applications;

    private RecordedHistory(List<HistoryEntry> entries) {
        this.applications = new ArrayList<>(entries);
    }

    /** In the order of their starts; what another version wrote and this one cannot show is left out. */
    List<HistoryEntry> entries() {
        return applications == null
                ? List.of()
                : applications.stream()
                        .filter(Objects::nonNull)
                        .filter(HistoryEntry::isComplete)
                        .toList();
    }

    /**
     * The same with some more, each in place of an earlier one by the same id, as far as they are kept.
     *
     * @param exists whether the build of a number is still there
     */
    RecordedHistory with(List<HistoryEntry> added, IntPredicate exists) {
        Map<String, HistoryEntry> byId = new LinkedHashMap<>();
        Stream.concat(entries().stream().filter(earlier -> exists.test(earlier.getBuild())), added.stream())
                .forEach(entry -> byId.put(entry.getId(), entry));
        List<HistoryEntry> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingLong(HistoryEntry::getStartTime).reversed());
        Map<String, Integer> counts = new HashMap<>();
        List<HistoryEntry> kept = all.stream()
                .filter(one -> counts.merge(one.series(), 1, Integer::sum) <= KEPT_OF_A_NAME)
                .limit(KEPT)
                .sorted(Comparator.comparingLong(HistoryEntry::getStartTime))
                .toList();
        return new RecordedHistory(kept);
    }
}
