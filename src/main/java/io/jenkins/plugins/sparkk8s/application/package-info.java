/**
 * What is to be run: the application, its main resource and the files it names.
 */
package io.jenkins.plugins.sparkk8s.application;
