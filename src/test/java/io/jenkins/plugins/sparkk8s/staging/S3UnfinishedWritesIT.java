package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import io.jenkins.plugins.sparkk8s.staging.cleaning.UploadCleaning;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Writes in parts that killed processes have left, which no list of files shows. */
class S3UnfinishedWritesIT extends S3Case {
    /** A write in parts, as a process that was killed leaves it. */
    private static void beginWrite(S3AFileSystem s3, String key) throws Exception {
        var path = new org.apache.hadoop.fs.Path("/" + key);
        MultipartUploader uploader = s3.createMultipartUploader(path).build();
        uploader.startUpload(path).get(1, TimeUnit.MINUTES);
    }

    /** Those of a test. */
    private static List<String> unfinished(S3AFileSystem s3, Collection<String> known) throws IOException {
        List<String> keys = new ArrayList<>();
        RemoteIterator<MultipartUpload> uploads = s3.listUploads(null);
        while (uploads.hasNext()) {
            keys.add(uploads.next().key());
        }
        keys.retainAll(known);
        return keys;
    }

    @Test
    void abortsWhatKilledProcessesHaveBegunToWriteADayAgoAndNothingElse() throws Exception {
        String folder = root.replaceFirst("^s3a://uploads/", "");
        String shared = "/spark-upload-%s-40/a.jar".formatted("a".repeat(64));
        String own = "/spark-upload-%s-1/a.jar".formatted("b".repeat(32));
        List<String> others = List.of(folder + "/data/part-1", folder + "2" + shared, "elsewhere" + shared);
        Configuration configuration = new Configuration();
        server.properties().forEach(configuration::set);
        configuration.set("fs.s3a.audit.enabled", "false");
        configuration.set("fs.s3a.input.stream.type", "classic");
        try (S3AFileSystem s3 = new S3AFileSystem();
                UploadStore store = gateway().open(root)) {
            s3.initialize(URI.create("s3a://uploads"), configuration);
            List<String> all = new ArrayList<>(others);
            all.addAll(List.of(folder + shared, folder + own));
            for (String key : all) {
                beginWrite(s3, key);
            }
            ApplicationStates unknown = (application, master, namespace) -> false;
            Clock now = Clock.systemUTC();

            assertThat(new UploadCleaning(store, root, now, () -> {}).sweep(Duration.ZERO, unknown))
                    .isTrue();
            assertThat(unfinished(s3, all)).as("may be under way").hasSize(5);

            Clock later = Clock.offset(now, Duration.ofDays(2));
            assertThat(new UploadCleaning(store, root, later, () -> {}).sweep(Duration.ZERO, unknown))
                    .isTrue();
            assertThat(unfinished(s3, all)).containsExactlyInAnyOrderElementsOf(others);
        }
    }
}
