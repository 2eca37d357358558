package io.jenkins.plugins.sparkk8s.parity;

import java.util.List;
import java.util.SortedMap;

/**
 * What one submitter made of an argument list.
 *
 * @param refused whether it said no
 * @param message what it said
 * @param objects every value of every object that it created, by path, generated names masked
 * @param uploads what lies under the upload path now
 */
record Outcome(boolean refused, String message, SortedMap<String, String> objects, List<String> uploads) {}
