/**
 * Requests for pods: one watch for all applications of a namespace, lists, repeats and their limits. Uses {@code
 * output}.
 */
package io.jenkins.plugins.sparkk8s.monitor.pods;
