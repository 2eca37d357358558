/**
 * Where lines go and how they read: each says first what it is about, and untrusted text has been stripped. Uses
 * no other room.
 */
package io.jenkins.plugins.sparkk8s.monitor.output;
