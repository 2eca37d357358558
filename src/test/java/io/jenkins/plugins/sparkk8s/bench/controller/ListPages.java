package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists that are being read page by page: all pages show the pods of one moment, as an API server's do. Thread-safe. */
final class ListPages {
    /** Older ones are gone. */
    private static final int MOST = 16;

    private final Map<Long, Rest> lists = new LinkedHashMap<>();
    private long made;

    /** What is left of one list. */
    private record Rest(PodStore.Listed listed, int limit) {}

    /**
     * @param version of the whole list
     * @param next token of the next page; null after the last
     * @param remaining pods after this page
     */
    record Page(List<BenchPod> pods, long version, String next, int remaining) {}

    synchronized Page first(PodStore.Listed listed, int limit) {
        made++;
        lists.put(made, new Rest(listed, limit));
        if (lists.size() > MOST) {
            lists.remove(lists.keySet().iterator().next());
        }
        return page(made, 0);
    }

    /** @return null when the list is gone */
    synchronized Page next(String token) {
        int separator = token.indexOf('.');
        long list = Long.parseLong(token.substring(0, separator));
        return lists.containsKey(list) ? page(list, Integer.parseInt(token.substring(separator + 1))) : null;
    }

    private Page page(long list, int from) {
        Rest rest = lists.get(list);
        List<BenchPod> all = rest.listed().pods();
        int to = (int) Math.min(all.size(), (long) from + rest.limit());
        boolean isLast = to == all.size();
        if (isLast) {
            lists.remove(list);
        }
        return new Page(
                all.subList(from, to), rest.listed().version(), isLast ? null : list + "." + to, all.size() - to);
    }
}
