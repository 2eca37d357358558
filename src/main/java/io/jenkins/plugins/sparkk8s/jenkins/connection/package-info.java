/**
 * The cluster of an application as it is configured when it is asked for, and a connection to it. Uses {@code failure},
 * {@code record}, {@code agent} and {@code cluster}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.connection;
