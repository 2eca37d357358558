/**
 * The lines of an application in the build log, and what is kept of them so that a restart neither loses nor
 * repeats one. Uses {@code build} and {@code record}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.log;
