/**
 * One class for each of Spark's driver feature steps, under Spark's names ({@code org.apache.spark.deploy.k8s.features}).
 */
package io.jenkins.plugins.sparkk8s.driver.step;
