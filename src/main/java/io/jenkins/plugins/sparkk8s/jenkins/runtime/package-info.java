/**
 * What Jenkins itself calls: the one object that it makes with the plugin and that everything else is made by, the
 * listeners of builds, jobs and clusters, the periodic work, and the page of the overview. Uses {@code overview},
 * {@code lifecycle}, {@code connection}, {@code log}, {@code build} and {@code cluster}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.runtime;
