/**
 * One application of a build from its request to its end, with or without a build that waits for it, over restarts of
 * the controller: the owner of its record, what it does next, and what is done at the end. Uses {@code submission},
 * {@code watch}, {@code inventory}, {@code connection}, {@code failure}, {@code threads}, {@code log}, {@code queue},
 * {@code history}, {@code build}, {@code api}, {@code record} and {@code agent}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;
