package io.jenkins.plugins.sparkk8s.staging;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local file system with a scheme of its own, some of whose calls never return, whatever is done to their thread. */
public final class HangingFileSystem extends RawLocalFileSystem {

    /** @param creates whether writing hangs too, and not closing alone */
    public static Map<String, String> properties(boolean creates) {
        return Map.of("fs.hanging.impl", HangingFileSystem.class.getName(), "hanging.creates", String.valueOf(creates));
    }

    @Override
    public URI getUri() {
        return URI.create("hanging:///");
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        if (getConf().getBoolean("hanging.creates", false)) {
            hang();
        }
        return super.create(path, permission, overwrite, buffer, replication, block, progress);
    }

    private static void hang() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.yield();
            }
        }
    }

    @Override
    public void close() {
        hang();
    }
}
