/**
 * The applications of a build on its pages: the action that Jenkins keeps with the build, its boxes, rows and links. It begins no
 * work, and knows no cluster. Uses {@code timeline}, {@code api}, {@code record} and {@code logfiles}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.build;
