/**
 * What others read of an application at one moment: the value of a step in a script, and the beans of the remote API, whose
 * properties may not be renamed. A view is made from a record, and never the other way round. Uses {@code record}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.api;
