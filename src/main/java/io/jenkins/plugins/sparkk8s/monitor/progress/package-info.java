/**
 * What a running driver's own REST API says of its jobs, stages and executors: the reads, the lines and the figures made of
 * them. Uses {@code pods} and {@code output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.progress;
