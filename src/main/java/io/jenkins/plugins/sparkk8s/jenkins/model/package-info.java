/**
 * What can be nested in the step, such as resources, volumes and secret entries, the table of arguments and keys
 * ({@code SparkArgument}), and the checks that forms share. Uses no other room.
 */
package io.jenkins.plugins.sparkk8s.jenkins.model;
