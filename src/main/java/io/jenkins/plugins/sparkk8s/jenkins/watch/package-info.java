/**
 * One submitted application watched for a build, from the checkpoint of an earlier controller on, and what all watches
 * share. Nothing here decides what follows from an end. Uses {@code connection}, {@code threads}, {@code log},
 * {@code record} and {@code logfiles}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.watch;
