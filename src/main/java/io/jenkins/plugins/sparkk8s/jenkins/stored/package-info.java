/** How Jenkins' XML files name the plugin's classes. Uses no other room. */
package io.jenkins.plugins.sparkk8s.jenkins.stored;
