/**
 * Files of the submitter on their way to the cluster: the face of the upload, of the check of an upload path and of the lines about
 * both. The rooms below do the work; each uses only those before it and none the face: {@code files}, {@code store},
 * {@code hadoop}, {@code plan}, {@code cleaning}, {@code transfer}.
 */
package io.jenkins.plugins.sparkk8s.staging;
