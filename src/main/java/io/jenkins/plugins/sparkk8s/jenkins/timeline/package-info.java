/**
 * How far an application is and what it did over time, as bars of a page: the progress of jobs and stages, and the timeline of
 * driver, executors and stages. Uses {@code api} and {@code record}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.timeline;
