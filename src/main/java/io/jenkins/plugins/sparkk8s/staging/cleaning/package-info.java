/**
 * What removes uploads: those of a failed submission, those of an application that has ended, and those that no application uses. Uses
 * {@code hadoop}, {@code plan} and {@code store}.
 */
package io.jenkins.plugins.sparkk8s.staging.cleaning;
