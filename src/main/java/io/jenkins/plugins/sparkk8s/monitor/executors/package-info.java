/**
 * The state of each executor pod, and the events and counts made of its changes; why executors are missing, and the logs of those that
 * fail. Uses {@code driver}, {@code log}, {@code pods} and {@code output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.executors;
