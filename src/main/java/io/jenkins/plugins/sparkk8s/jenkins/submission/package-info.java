/**
 * The controller's part of a submission: what a build gives for it, what travels to the workspace, secrets, the journal
 * in the build's record, and the driver that an earlier controller may have created. Uses {@code inventory},
 * {@code connection}, {@code failure}, {@code threads}, {@code log}, {@code queue}, {@code build}, {@code api},
 * {@code record}, {@code agent}, {@code cluster} and {@code model}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.submission;
