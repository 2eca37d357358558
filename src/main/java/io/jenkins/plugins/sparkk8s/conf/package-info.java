/**
 * Spark configuration: what the user wrote, typed and checked before anything is touched.
 *
 * <p>This is the lowest package: every other one may use it, and it uses none of them.
 */
package io.jenkins.plugins.sparkk8s.conf;
