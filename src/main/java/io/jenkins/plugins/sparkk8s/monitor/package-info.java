/**
 * From the cluster's pods to lines in the output and a true result.
 *
 * <p>{@link io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor} is the entrance, and the rooms below are its parts. Pod
 * changes come from a watch and lists that all applications of a namespace share. The state of one application is changed by
 * tasks of its mailbox only, one at a time. The Spark container of the driver pod decides the result; unknown is never
 * success.
 *
 * <p>No thread waits here for one application: requests are asynchronous, and tasks are short.
 *
 * <p>Every line says first what it is about: {@code [spark]} the application as a whole, {@code [driver]} the driver
 * pod, {@code [executor 3]} one executor pod, {@code [progress]} jobs and stages, and {@code [driver] |} a line that the driver itself wrote.
 */
package io.jenkins.plugins.sparkk8s.monitor;
