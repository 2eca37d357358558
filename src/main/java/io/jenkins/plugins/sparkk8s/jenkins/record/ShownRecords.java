package io.jenkins.plugins.sparkk8s.jenkins.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which records of a build are shown: one for each application, although the build may also have waited for one of its own. */
final class ShownRecords {
    private ShownRecords() {}

    /** In the order of the records. A wait that is under way, or has seen the end, shows more than what is waited for. */
    static List<ApplicationRecord> of(List<ApplicationRecord> all) {
        if (all.stream().allMatch(record -> record.awaited() == null)) {
            return all;
        }
        Set<String> own = all.stream()
                .filter(record -> record.awaited() == null)
                .map(ApplicationRecord::id)
                .collect(Collectors.toSet());
        Map<String, String> shownInstead = new HashMap<>();
        all.stream()
                .filter(record -> record.awaited() != null)
                .filter(record -> own.contains(record.awaited().record()))
                .filter(record -> record.hasEnded() || record.liveState() != null)
                .forEach(record -> shownInstead.putIfAbsent(record.awaited().record(), record.id()));
        return all.stream().filter(record -> isShown(record, own, shownInstead)).toList();
    }

    private static boolean isShown(ApplicationRecord record, Set<String> own, Map<String, String> shownInstead) {
        if (record.awaited() == null) {
            return !shownInstead.containsKey(record.id());
        }
        String awaited = record.awaited().record();
        return !own.contains(awaited) || record.id().equals(shownInstead.get(awaited));
    }
}
