/**
 * From the cluster's pods to lines in the output and a true result.
 *
 * <p>{@link io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor} is the entrance. Sources (a watch that re-opens
 * itself, a poll) feed immutable snapshots to a store; subscribers make event lines, counts and statistics of them. The
 * driver pod is followed apart, and its Spark container decides the result; unknown is never success.
 *
 * <p>No class here owns a thread: everything runs in short tasks on one scheduler that all applications share.
 *
 * <p>Every line says first what it is about: {@code [spark]} the application as a whole, {@code [driver]} the driver
 * pod, {@code [executor 3]} one executor pod, and {@code [driver] |} a line that the driver itself wrote.
 */
package io.jenkins.plugins.sparkk8s.monitor;
