/**
 * One application of a build from its request to its end, with or without a build that waits for it, over
 * restarts of the controller. Uses {@code log}, {@code queue}, {@code history}, {@code build}, {@code logfiles}, {@code api}, {@code record}, {@code cluster}, {@code agent} and
 * {@code model}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;
