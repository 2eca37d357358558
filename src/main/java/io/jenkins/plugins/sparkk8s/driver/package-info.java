/**
 * From an application to the Kubernetes objects of its driver: a pure fold of Spark's feature steps.
 *
 * <p>No network, no clock, no randomness: the same input makes the same objects. {@link
 * io.jenkins.plugins.sparkk8s.driver.DriverSpecBuilder} is the way in; it uses {@code step}, which uses {@code model}.
 */
package io.jenkins.plugins.sparkk8s.driver;
