/**
 * The threads and timers of all applications of this controller, the work of one of them, and locks by key: nothing here
 * knows an application. Uses no other room.
 */
package io.jenkins.plugins.sparkk8s.jenkins.threads;
