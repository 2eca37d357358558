/**
 * The driver pod and the result of the application, which its Spark container decides. Uses {@code pods} and
 * {@code output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.driver;
