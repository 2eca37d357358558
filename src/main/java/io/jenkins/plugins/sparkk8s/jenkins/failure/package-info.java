/**
 * The one failure that a build sees of whatever went wrong, its kinds, and whether a repeat may help. Uses {@code api}
 * and {@code agent}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.failure;
