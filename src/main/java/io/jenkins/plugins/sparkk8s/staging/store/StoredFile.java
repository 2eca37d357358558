package io.jenkins.plugins.sparkk8s.staging.store;

import java.time.Instant;

/**
 * A file or folder of a store.
 *
 * @param name the last segment of its path
 * @param size in bytes; 0 for a folder
 * @param modified when it was last written, by the store's clock; for a folder the newest that it holds
 */
public record StoredFile(String name, boolean folder, long size, Instant modified) {}
