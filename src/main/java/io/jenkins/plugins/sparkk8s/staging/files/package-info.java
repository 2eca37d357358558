/**
 * Files and folders of the submitter: what they hold, the state and the checksum of each, and archives made of them while they are
 * sent. Uses no other room.
 */
package io.jenkins.plugins.sparkk8s.staging.files;
