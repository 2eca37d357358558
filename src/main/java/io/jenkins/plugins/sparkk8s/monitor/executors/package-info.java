/**
 * The state of each executor pod, and the events and counts made of its changes. Uses {@code driver}, {@code pods}
 * and {@code output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.executors;
