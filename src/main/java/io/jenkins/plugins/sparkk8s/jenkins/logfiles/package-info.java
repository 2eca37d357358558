/**
 * The logs of an application's containers as compressed files of its build: the folder and the form of its files, what writes them
 * while the application runs, and the download. Uses no other room.
 */
package io.jenkins.plugins.sparkk8s.jenkins.logfiles;
