/**
 * The store that files are uploaded to: what one can do, the one for mounted folders, the threads and time limits of calls, and what
 * a failure of a call means. Knows Hadoop's exceptions by their names only. Uses no other room.
 */
package io.jenkins.plugins.sparkk8s.staging.store;
