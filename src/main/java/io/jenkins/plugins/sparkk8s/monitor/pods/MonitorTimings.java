package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;

/**
 * The times of one monitoring that are not keys of the configuration; tests make them short.
 *
 * @param tick how often deadlines and the heartbeat are looked at; no request is made
 * @param driverPoll how often the driver pod is read besides being watched
 * @param firstRetry delay before the first repeat of a failed request
 * @param lastRetry longest delay between repeats
 * @param events how often the Warning events of a driver that has not started are read
 * @param mountGrace how long a failed mount is normal, because the driver's ConfigMap is made after its pod
 * @param startFailureGrace how long a permanent waiting reason of the driver may last
 * @param vanishedGrace how long the watch may still tell how a driver ended that a list no longer shows
 * @param heartbeat longest time without a line
 * @param logWithNews between two reads of the driver's log while it grows
 * @param logQuiet longest time between two reads of the driver's log
 * @param lastLog bound for reading the rest of the log after the driver's end
 * @param lastExecutors bound for seeing the executors go after the driver's end
 */
public record MonitorTimings(
        Duration tick,
        Duration driverPoll,
        Duration firstRetry,
        Duration lastRetry,
        Duration events,
        Duration mountGrace,
        Duration startFailureGrace,
        Duration vanishedGrace,
        Duration heartbeat,
        Duration logWithNews,
        Duration logQuiet,
        Duration lastLog,
        Duration lastExecutors) {

    public static MonitorTimings ordinary() {
        return new MonitorTimings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMinutes(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5));
    }

    public MonitorTimings withHeartbeat(Duration time) {
        return new MonitorTimings(
                tick,
                driverPoll,
                firstRetry,
                lastRetry,
                events,
                mountGrace,
                startFailureGrace,
                vanishedGrace,
                time,
                logWithNews,
                logQuiet,
                lastLog,
                lastExecutors);
    }

    public Backoff backoff() {
        return new Backoff(firstRetry, lastRetry);
    }
}
