package com.codahale.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

public class Timer implements Metric {
    private final LongAdder count = new LongAdder();

    public void update(long duration, TimeUnit unit) {
        count.increment();
    }

    public long getCount() {
        return count.sum();
    }
}
