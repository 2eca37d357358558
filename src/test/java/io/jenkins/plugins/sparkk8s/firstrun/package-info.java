/** The commands of a checkout on a machine that has never seen the project. */
package io.jenkins.plugins.sparkk8s.firstrun;
