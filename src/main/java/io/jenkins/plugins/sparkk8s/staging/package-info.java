/**
 * Files of the submitter on their way to the cluster: which must travel, where to, and what has been uploaded.
 *
 * <p>{@code HadoopGateway} is the only class of the product that touches Hadoop.
 */
package io.jenkins.plugins.sparkk8s.staging;
