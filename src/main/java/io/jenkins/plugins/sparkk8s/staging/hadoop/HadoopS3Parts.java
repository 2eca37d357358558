package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.store.Ranges;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3ADataBlocks.BlockUploadData;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.WriteOperationHelper;
import org.apache.hadoop.fs.s3a.impl.PutObjectOptions;
import org.apache.hadoop.fs.s3a.impl.UploadContentProviders.BaseContentProvider;
import org.apache.hadoop.fs.s3a.impl.write.WriteObjectFlags;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes one file to S3 from where it is. Hadoop's own stream would write each part to the disk first, and report it when all of
 * it has arrived: the bytes of these parts are seen when the connection takes them, so that large ones, which cost the server less,
 * are not taken for a stall. Requests, their headers, encryption and repeats are Hadoop's. Loaded for {@code s3a} alone.
 */
final class HadoopS3Parts {
    private static final String TYPE = "application/octet-stream";

    /** Of one file; all files of a file system share its threads. */
    private static final int AT_ONCE = 4;

    /** How long the other parts may take to end when one has failed or the caller is interrupted, in milliseconds. */
    private static final long END = 300;

    private final S3AFileSystem s3;
    private final String key;
    private final PutObjectOptions options;
    private final Ranges content;
    private final WriteOperationHelper requests;
    private final AtomicInteger next = new AtomicInteger();
    private final Object ends = new Object();

    /** Guarded by {@code ends}, which is notified when one ends. */
    private int running;

    private volatile boolean stopped;

    /** @param fresh whether it is an error when there is such a file, by a conditional write */
    HadoopS3Parts(FileSystem fileSystem, Path target, boolean fresh, Ranges content) throws IOException {
        this.s3 = (S3AFileSystem) fileSystem;
        this.key = s3.pathToKey(target);
        EnumSet<WriteObjectFlags> flags = EnumSet.of(WriteObjectFlags.Performance);
        if (fresh) {
            flags.add(WriteObjectFlags.ConditionalOverwrite);
        }
        this.options = new PutObjectOptions(null, null, flags, null);
        this.content = content;
        this.requests = s3.createWriteOperationHelper(s3.createSpan("op_create", key, null));
    }

    /** All of it or, as far as the server can be reached, nothing. */
    void write() throws IOException {
        S3PartSizes sizes = S3PartSizes.of(content.size(), s3.getConf(), s3.isMultipartUploadEnabled());
        if (sizes.count() == 1) {
            put();
        } else {
            sendParts(sizes);
        }
    }

    private void put() throws IOException {
        Part whole = new Part(0, content.size());
        try (BlockUploadData data = new BlockUploadData(whole)) {
            requests.putObject(
                    withTimeout(requests.createPutObjectRequest(key, content.size(), options)), options, data, null);
        }
        content.progressed();
    }

    /** The header of a conditional write takes the place of the timeout that Hadoop has set, and 15 seconds would be left. */
    private PutObjectRequest withTimeout(PutObjectRequest request) {
        Duration limit = S3PartSizes.timeout(s3.getConf());
        AwsRequestOverrideConfiguration.Builder override = request.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder);
        return request.toBuilder()
                .overrideConfiguration(override.apiCallTimeout(limit)
                        .apiCallAttemptTimeout(limit)
                        .build())
                .build();
    }

    private void sendParts(S3PartSizes sizes) throws IOException {
        String upload = requests.initiateMultiPartUpload(key, options);
        try {
            CompletedPart[] parts = new CompletedPart[sizes.count()];
            runAtOnce(Math.min(AT_ONCE, sizes.count()), () -> {
                for (int i = next.getAndIncrement(); i < parts.length && !stopped; i = next.getAndIncrement()) {
                    parts[i] = send(upload, i, sizes);
                }
            });
            content.verify();
            requests.completeMPUwithRetries(key, upload, List.of(parts), content.size(), new AtomicInteger(), options);
        } catch (IOException | RuntimeException e) {
            abort(upload, e);
            throw e;
        }
    }

    private CompletedPart send(String upload, int index, S3PartSizes sizes) throws IOException {
        try (Part part = new Part(sizes.offset(index), sizes.length(index))) {
            UploadPartResponse response = requests.uploadPart(
                    requests.newUploadPartRequestBuilder(
                                    key, upload, index + 1, index + 1 == sizes.count(), part.getSize())
                            .build(),
                    RequestBody.fromContentProvider(part, part.getSize(), TYPE),
                    null);
            content.progressed();
            return CompletedPart.builder()
                    .partNumber(index + 1)
                    .eTag(response.eTag())
                    .checksumCRC32(response.checksumCRC32())
                    .checksumCRC32C(response.checksumCRC32C())
                    .checksumCRC64NVME(response.checksumCRC64NVME())
                    .checksumSHA1(response.checksumSHA1())
                    .checksumSHA256(response.checksumSHA256())
                    .build();
        }
    }

    /** The bytes of a request, read again for each repeat. */
    private final class Part extends BaseContentProvider<InputStream> {
        private final long offset;

        Part(long offset, long length) {
            super(length);
            this.offset = offset;
        }

        @Override
        protected InputStream createNewStream() {
            return new Reading(offset, getSize());
        }
    }

    /** Opens the file when it is read, since a client expects no failure before. Ends, and is not repeated, when another part has failed. */
    private final class Reading extends InputStream {
        private final long offset;
        private final long length;
        private InputStream in;

        Reading(long offset, long length) {
            this.offset = offset;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            return opened().read();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return opened().read(bytes, from, count);
        }

        private InputStream opened() throws IOException {
            if (stopped) {
                throw new InterruptedIOException("another part has failed");
            }
            if (in == null) {
                in = content.open(offset, length);
            }
            return in;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void runAtOnce(int count, Work work) throws IOException {
        CompletionService<Void> threads =
                new ExecutorCompletionService<>(s3.createStoreContext().createThrottledExecutor(count));
        List<Future<Void>> futures = new ArrayList<>();
        boolean complete = false;
        try {
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> counted(work)));
            }
            for (int i = 0; i < count; i++) {
                threads.take().get();
            }
            complete = true;
        } catch (InterruptedException e) {
            throw interruption(futures, e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            stopped = !complete;
            if (!complete) {
                awaitEnds();
            }
        }
    }

    private Void counted(Work work) throws IOException {
        synchronized (ends) {
            running++;
        }
        try {
            work.run();
            return null;
        } finally {
            synchronized (ends) {
                running--;
                ends.notifyAll();
            }
        }
    }

    /** A caller that may be interrupted has threads that may be: none of them is fetching classes. */
    private static InterruptedIOException interruption(List<Future<Void>> futures, InterruptedException cause) {
        futures.forEach(future -> future.cancel(true));
        Thread.currentThread().interrupt();
        return (InterruptedIOException) new InterruptedIOException("interrupted while uploading").initCause(cause);
    }

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    /** A part that arrives after the end of its upload would be left at the server. */
    private void awaitEnds() {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END);
        synchronized (ends) {
            for (long left = END;
                    running > 0 && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                try {
                    ends.wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Also for a thread that is interrupted, whose requests would be refused. */
    private void abort(String upload, Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            s3.abortMultipartUpload(key, upload);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
