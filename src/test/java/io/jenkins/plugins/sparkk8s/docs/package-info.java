/** What the documentation and the examples say is so. */
package io.jenkins.plugins.sparkk8s.docs;
