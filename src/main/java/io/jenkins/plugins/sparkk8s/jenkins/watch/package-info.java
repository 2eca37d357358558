/**
 * One submitted application watched for a build, from the checkpoint of an earlier controller on, and what all watches
 * share, event logs of those that have ended included. Nothing here decides what follows from an end. Uses {@code connection},
 * {@code threads}, {@code log}, {@code record}, {@code logfiles}, {@code agent} and {@code cluster}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.watch;
