package io.jenkins.plugins.sparkk8s.staging.hadoop;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Writes to S3 in parts that have not been completed. A process that was killed leaves them: no list of files shows them, and
 * their bytes are paid for. Loaded for {@code s3a} alone.
 */
final class HadoopS3Writes {
    private static final String FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private HadoopS3Writes() {}

    /** Whether a file system has such writes. */
    static boolean isFor(FileSystem fileSystem) {
        return fileSystem.getClass().getName().equals(FILE_SYSTEM);
    }

    /** Whether it takes a file in parts, not encrypted by the client, which would have to see all of it in order. */
    static boolean takesParts(FileSystem fileSystem) {
        return isFor(fileSystem)
                && !fileSystem
                        .getConf()
                        .get("fs.s3a.encryption.algorithm", "")
                        .toUpperCase(Locale.ROOT)
                        .startsWith("CSE");
    }

    /**
     * Aborts those below a folder that began before a time.
     *
     * @param names which of the names in the folder count
     * @return how many
     */
    static int abort(FileSystem fileSystem, Path folder, Predicate<String> names, Instant before) throws IOException {
        S3AFileSystem s3 = (S3AFileSystem) fileSystem;
        String prefix = folder.toUri().getPath().replaceAll("^/|/$", "") + "/";
        int aborted = 0;
        RemoteIterator<MultipartUpload> uploads = s3.listUploads(prefix.equals("/") ? null : prefix);
        while (uploads.hasNext()) {
            MultipartUpload upload = uploads.next();
            String key = prefix.equals("/") ? "/" + upload.key() : upload.key();
            if (key.startsWith(prefix)
                    && names.test(key.substring(prefix.length()).replaceFirst("/.*", ""))
                    && upload.initiated() != null
                    && upload.initiated().isBefore(before)
                    && abort(s3, upload)) {
                aborted++;
            }
        }
        return aborted;
    }

    private static boolean abort(S3AFileSystem s3, MultipartUpload upload) throws IOException {
        try {
            s3.abortMultipartUpload(upload);
            return true;
        } catch (NoSuchUploadException e) {
            // Another clean-up was faster; some servers list it for a while yet.
            return false;
        }
    }
}
