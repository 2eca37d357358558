/**
 * Creating a driver in the cluster, and ending it: identity first, one owner, roll-back when any part fails, and a
 * repeat that finds what the first try made.
 */
package io.jenkins.plugins.sparkk8s.submission;
