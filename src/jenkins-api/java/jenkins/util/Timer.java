package jenkins.util;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

public class Timer {
    private static final ScheduledExecutorService SERVICE = Executors.newScheduledThreadPool(1, work -> {
        Thread thread = new Thread(work, "timer");
        thread.setDaemon(true);
        return thread;
    });

    public static ScheduledExecutorService get() {
        return SERVICE;
    }
}
