/**
 * The command: spark-submit's options over our own engine.
 */
package io.jenkins.plugins.sparkk8s.cli;
