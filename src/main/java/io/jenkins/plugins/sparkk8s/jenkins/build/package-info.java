/**
 * What is kept with a build of its applications, and how the build page, the remote API and the script see it. It begins no
 * work, and knows no cluster.
 *
 * <p>{@code ApplicationRecord} is stored; {@code SparkApplicationRun} is what others read of it at one moment; {@code
 * ApplicationBox} is that in the words of a page.
 */
package io.jenkins.plugins.sparkk8s.jenkins.build;
