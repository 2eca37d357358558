/**
 * What is to be uploaded, under which names, and what has been: values that uploads and clean-ups agree on, in one process or in
 * several. Uses {@code files}.
 */
package io.jenkins.plugins.sparkk8s.staging.plan;
