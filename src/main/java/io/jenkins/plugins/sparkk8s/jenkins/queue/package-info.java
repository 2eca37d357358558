/**
 * Which applications may run when a cluster takes only so many at a time, and in which order. In memory, and without a thread of
 * its own. Uses {@code cluster} and {@code record}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.queue;
