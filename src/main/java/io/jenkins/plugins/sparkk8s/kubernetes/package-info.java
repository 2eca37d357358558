/**
 * What all parts that speak with a cluster share: the client and its settings, one classification of failures with the
 * sentence for each, references to objects, Spark's labels and names, and null-safe accessors for pods.
 */
package io.jenkins.plugins.sparkk8s.kubernetes;
