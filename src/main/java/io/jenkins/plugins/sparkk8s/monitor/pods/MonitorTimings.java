package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;

/**
 * The times of one monitoring that are not keys of the configuration; tests make them short. Immutable; made by name with
 * {@link #builder}.
 */
public final class MonitorTimings {
    private static final MonitorTimings ORDINARY = builder().build();

    private final Builder times;

    private MonitorTimings(Builder times) {
        this.times = times;
    }

    public static MonitorTimings ordinary() {
        return ORDINARY;
    }

    /** Begins with the ordinary times. */
    public static Builder builder() {
        return new Builder();
    }

    public MonitorTimings withHeartbeat(Duration time) {
        return new Builder(times).heartbeat(time).build();
    }

    /** How often deadlines are looked at while one may be near; no request is made. */
    public Duration tick() {
        return times.tick;
    }

    /** How often pods are listed although their watch is open. */
    public Duration driverPoll() {
        return times.driverPoll;
    }

    /** How long the API server may take for one answer. */
    public Duration answer() {
        return times.answer;
    }

    /** Delay before the first repeat of a failed request. */
    public Duration firstRetry() {
        return times.firstRetry;
    }

    /** Longest delay between repeats. */
    public Duration lastRetry() {
        return times.lastRetry;
    }

    /** Between two probes of an API server that does not answer. */
    Duration probe() {
        return times.firstRetry;
    }

    /** How long the API server may take to answer a probe. */
    Duration probeAnswer() {
        return times.answer.dividedBy(3);
    }

    /** Between the first reads of the Warning events of a driver that has not started. */
    public Duration events() {
        return times.events;
    }

    /** How long a failed mount is normal, because the driver's ConfigMap is made after its pod. */
    public Duration mountGrace() {
        return times.mountGrace;
    }

    /** How long a permanent waiting reason of the driver may last. */
    public Duration startFailureGrace() {
        return times.startFailureGrace;
    }

    /** How long the watch may still report how a driver ended that a list no longer shows. */
    public Duration vanishedGrace() {
        return times.vanishedGrace;
    }

    /** Longest time without a line. */
    public Duration heartbeat() {
        return times.heartbeat;
    }

    /** Between two reads of the driver's log while it grows. */
    public Duration logWithNews() {
        return times.logWithNews;
    }

    /** Longest time between two reads of the driver's log. */
    public Duration logQuiet() {
        return times.logQuiet;
    }

    /** Bound for reading the rest of the log after the driver's end. */
    public Duration lastLog() {
        return times.lastLog;
    }

    /** Bound for seeing the executors go after the driver's end. */
    public Duration lastExecutors() {
        return times.lastExecutors;
    }

    public Backoff backoff() {
        return new Backoff(times.firstRetry, times.lastRetry);
    }

    /** Names each time that is not the ordinary one; see the accessors of {@link MonitorTimings} for their meaning. */
    public static final class Builder {
        private Duration tick = Duration.ofSeconds(1);
        private Duration driverPoll = Duration.ofMinutes(2);
        private Duration answer = Duration.ofSeconds(15);
        private Duration firstRetry = Duration.ofSeconds(1);
        private Duration lastRetry = Duration.ofSeconds(15);
        private Duration events = Duration.ofSeconds(5);
        private Duration mountGrace = Duration.ofSeconds(30);
        private Duration startFailureGrace = Duration.ofSeconds(60);
        private Duration vanishedGrace = Duration.ofSeconds(10);
        private Duration heartbeat = Duration.ofMinutes(3);
        private Duration logWithNews = Duration.ofSeconds(1);
        private Duration logQuiet = Duration.ofSeconds(30);
        private Duration lastLog = Duration.ofSeconds(15);
        private Duration lastExecutors = Duration.ofSeconds(5);

        private Builder() {}

        private Builder(Builder other) {
            tick = other.tick;
            driverPoll = other.driverPoll;
            answer = other.answer;
            firstRetry = other.firstRetry;
            lastRetry = other.lastRetry;
            events = other.events;
            mountGrace = other.mountGrace;
            startFailureGrace = other.startFailureGrace;
            vanishedGrace = other.vanishedGrace;
            heartbeat = other.heartbeat;
            logWithNews = other.logWithNews;
            logQuiet = other.logQuiet;
            lastLog = other.lastLog;
            lastExecutors = other.lastExecutors;
        }

        public MonitorTimings build() {
            return new MonitorTimings(new Builder(this));
        }

        public Builder tick(Duration value) {
            tick = value;
            return this;
        }

        public Builder driverPoll(Duration value) {
            driverPoll = value;
            return this;
        }

        public Builder answer(Duration value) {
            answer = value;
            return this;
        }

        public Builder firstRetry(Duration value) {
            firstRetry = value;
            return this;
        }

        public Builder lastRetry(Duration value) {
            lastRetry = value;
            return this;
        }

        public Builder events(Duration value) {
            events = value;
            return this;
        }

        public Builder mountGrace(Duration value) {
            mountGrace = value;
            return this;
        }

        public Builder startFailureGrace(Duration value) {
            startFailureGrace = value;
            return this;
        }

        public Builder vanishedGrace(Duration value) {
            vanishedGrace = value;
            return this;
        }

        public Builder heartbeat(Duration value) {
            heartbeat = value;
            return this;
        }

        public Builder logWithNews(Duration value) {
            logWithNews = value;
            return this;
        }

        public Builder logQuiet(Duration value) {
            logQuiet = value;
            return this;
        }

        public Builder lastLog(Duration value) {
            lastLog = value;
            return this;
        }

        public Builder lastExecutors(Duration value) {
            lastExecutors = value;
            return this;
        }
    }
}
