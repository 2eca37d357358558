/**
 * The figures of this controller for administrators: the list of all applications with its remote API, and the Metrics
 * plugin's gauges. Uses {@code lifecycle}, {@code inventory}, {@code queue}, {@code build}, {@code api}, {@code record}
 * and {@code cluster}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.overview;
