package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes one short call for each of many things: to hand each to another thread would take longer than the call. */
record Parts(StoreCalls calls) {
    /** Enough that all threads are busy until the end. */
    private static final int MOST = 32;

    /** One of the calls. */
    interface Call<T, R> {
        R of(T item) throws IOException, InterruptedException;
    }

    /** As {@link StoreCalls#all}. */
    <T, R> List<R> each(List<T> items, Call<T, R> call) throws IOException, InterruptedException {
        int size = Math.max(1, items.size() / MOST);
        List<Callable<List<R>>> parts = new ArrayList<>();
        for (int i = 0; i < items.size(); i += size) {
            List<T> part = items.subList(i, Math.min(items.size(), i + size));
            parts.add(() -> part(part, call));
        }
        return calls.all(parts).stream().flatMap(List::stream).toList();
    }

    private <T, R> List<R> part(List<T> items, Call<T, R> call) throws IOException, InterruptedException {
        List<R> results = new ArrayList<>();
        for (T item : items) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted during an upload");
            }
            results.add(call.of(item));
            calls.progressed();
        }
        return results;
    }
}
