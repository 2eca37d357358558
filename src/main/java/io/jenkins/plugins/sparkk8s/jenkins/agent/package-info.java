/**
 * What runs where the workspace is: files are expanded, checked and uploaded there, and the driver's objects are made.
 *
 * <p>One call goes to the agent and one answer comes back; both are plain values. Nothing here asks the controller for
 * anything but to print a line of the build log. What an agent answers is checked before it is used, since an agent may be
 * in the hands of a job; and what a job names is confined to its workspace and to the cluster's rules.
 *
 * <p>Uses {@code cluster}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.agent;
