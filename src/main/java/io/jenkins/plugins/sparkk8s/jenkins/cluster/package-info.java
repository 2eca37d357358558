/**
 * The clusters that an administrator has configured: their forms and checks, credentials, and the API clients that all
 * builds share. Uses {@code model} and {@code stored}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.cluster;
