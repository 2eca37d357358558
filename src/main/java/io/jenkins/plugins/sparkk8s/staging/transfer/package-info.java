/**
 * The upload itself, to folders that applications share or in Spark's own layout: what is missing is sent as a whole and verified. Uses
 * {@code files}, {@code plan} and {@code store}.
 */
package io.jenkins.plugins.sparkk8s.staging.transfer;
