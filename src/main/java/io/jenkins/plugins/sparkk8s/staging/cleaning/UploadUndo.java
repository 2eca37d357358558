package io.jenkins.plugins.sparkk8s.staging.cleaning;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Removes what an upload that did not succeed has left. */
public final class UploadUndo {
    private static final Logger LOGGER = Logger.getLogger(UploadUndo.class.getName());

    /** Removals after stopped uploads at the same time, of all that this process uploads. */
    static final int THREADS = 8;

    /** How many more may wait for a thread; what comes on top of these is reported as left. */
    private static final int QUEUE = 1000;

    private static final Executor REMOVALS = threads();

    private final HadoopGateway hadoop;
    private final StoreCalls calls;
    private final StagingListener listener;

    /** @param calls of the upload, whose time to end counts when it was cancelled */
    public UploadUndo(HadoopGateway hadoop, StoreCalls calls, StagingListener listener) {
        this.hadoop = hadoop;
        this.calls = calls;
        this.listener = listener;
    }

    /** None is kept that has nothing to do. */
    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "spark-upload-removal");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * A store that has not answered is not asked again.
     *
     * @param directories that may have been begun
     * @return what is left
     */
    public List<String> failed(List<String> directories, StagingException failure) {
        return StorageErrors.isNotAnswering(failure.getCause())
                ? directories
                : remove(directories).left();
    }

    /**
     * After an interruption, or an error that is not the store's. One who has cancelled the upload waits no longer than a second
     * for all of it: then the removal continues in the background, for as long as this process lives. It runs uninterrupted, or
     * the file system would refuse to clean up as it refused to continue.
     */
    public void stopped(List<String> directories) {
        if (directories.isEmpty()) {
            return;
        }
        long millis =
                calls.cancelledLeft().map(left -> Math.max(1, left.toMillis())).orElse(Long.MAX_VALUE);
        FutureTask<UploadRemoval> removal = new FutureTask<>(() -> remove(directories));
        boolean interrupted = Thread.interrupted();
        try {
            REMOVALS.execute(removal);
            report(removal.get(millis, TimeUnit.MILLISECONDS).left());
        } catch (TimeoutException | RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "Not removed yet: " + directories);
            report(directories);
        } catch (InterruptedException e) {
            interrupted = true;
            report(directories);
        } catch (ExecutionException e) {
            LOGGER.log(Level.WARNING, hadoop.mask().failure(e), () -> "Could not remove " + directories);
            report(directories);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private UploadRemoval remove(List<String> directories) {
        UploadRemoval removal = new UploadRemoval(hadoop).remove(directories);
        removal.sentences().forEach(LOGGER::warning);
        return removal;
    }

    private void report(List<String> left) {
        if (!left.isEmpty()) {
            listener.left(left);
        }
    }
}
