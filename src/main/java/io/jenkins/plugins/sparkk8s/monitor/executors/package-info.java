/**
 * Executor pods as immutable snapshots, and the events and counts made of them. Uses {@code driver}, {@code pods}
 * and {@code output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.executors;
