/**
 * What every feature step reads and changes: the driver's configuration, the pod as it is so far, a user's pod template,
 * volumes and resources, under Spark's names ({@code org.apache.spark.deploy.k8s}).
 */
package io.jenkins.plugins.sparkk8s.driver.model;
