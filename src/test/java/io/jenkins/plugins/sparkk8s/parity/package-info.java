/**
 * The proof that our engine creates the objects that spark-submit creates: Spark's own submission code and ours get the
 * same argument lists, each against an API server of its own, and what they created is compared.
 */
package io.jenkins.plugins.sparkk8s.parity;
