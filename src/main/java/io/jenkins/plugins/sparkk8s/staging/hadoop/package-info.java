/**
 * The only room that touches Hadoop: opens its file systems, with the settings and the credential of one application, and makes
 * stores of them. Uses {@code files} and {@code store}.
 */
package io.jenkins.plugins.sparkk8s.staging.hadoop;
