/**
 * The step and the build step: arguments, forms and their checks, and how a Pipeline and a freestyle build start
 * an application. May use every other room.
 */
package io.jenkins.plugins.sparkk8s.jenkins.step;
