/**
 * The log of the Spark container, from a position on. Uses {@code pods} and {@code output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.log;
