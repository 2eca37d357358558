/**
 * The last applications of a job: what is kept of them when they end, and the pages that show it without loading a build. Uses {@code
 * api} and {@code stored}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.history;
