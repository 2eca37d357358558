package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.jenkins.stored.StoredXml;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Small files beside a build's own, one for each record that the build's XML does not have as it is now: so a step of one
 * application writes that one's record and not those of all applications of the build.
 *
 * @param build the build's folder
 */
record RecordFiles(File build) {
    private static final Logger LOGGER = Logger.getLogger(RecordFiles.class.getName());
    private static final StoredXml XML = new StoredXml(ApplicationRecord.class);
    private static final String PREFIX = "spark-";
    private static final String SUFFIX = ".record.xml";

    /** Replaces the record's file; returns when it is on the disk. A build that was deleted stays deleted. */
    void write(ApplicationRecord record) throws IOException {
        if (build.isDirectory()) {
            XML.file(file(record.id())).write(record);
        }
    }

    /** All that can be read; each is at least as new as the same record in the build's XML. */
    List<ApplicationRecord> read() {
        List<ApplicationRecord> records = new ArrayList<>();
        File[] files = build.listFiles((folder, name) -> name.startsWith(PREFIX) && name.endsWith(SUFFIX));
        Arrays.stream(files == null ? new File[0] : files).sorted().forEach(file -> {
            try {
                records.add((ApplicationRecord) XML.file(file).read());
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the build's own file is used");
            }
        });
        return records;
    }

    /** The build's XML has the record. */
    void delete(String id) {
        try {
            Files.deleteIfExists(file(id).toPath());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The file of application " + id + " is left");
        }
    }

    private File file(String id) {
        return new File(build, PREFIX + id + SUFFIX);
    }
}
