package io.jenkins.plugins.sparkk8s.staging.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorageRefusalsTest {
    static List<IOException> refusals() {
        return List.of(
                new AccessControlException("Permission denied: user=nobody, access=WRITE, inode=\"/up\""),
                new AccessDeniedException("/mnt/up"),
                new FileNotFoundException("/mnt/up/a.jar (Permission denied)"),
                new FileSystemException("/mnt/up", null, "Read-only file system"),
                new IOException("Disk quota exceeded"),
                new DSQuotaExceededException(10, 11),
                new RemoteException(DSQuotaExceededException.class.getName(), "The DiskSpace quota of /up is exceeded"),
                new RemoteException(AccessControlException.class.getName(), "Not you."),
                new IOException("No FileSystem for scheme \"s4\""),
                new IOException("java.lang.ClassNotFoundException: Class org.S3A not found"),
                new IOException("x", new IllegalArgumentException(new UnknownHostException("nn"))),
                new UnknownHostException("nn"),
                new IOException("SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]"),
                new IOException("a:b is not a name that the file system accepts", new IllegalArgumentException()));
    }

    static List<IOException> failures() {
        return List.of(
                new ConnectException("Connection refused"),
                new NoRouteToHostException("No route to host"),
                new SocketTimeoutException("60000 millis timeout"),
                new SocketException("Connection reset"),
                new EOFException(),
                new IOException("No space left on device"),
                new FileSystemException("/mnt/up", null, "No space left on device"),
                new FileSystemException("/mnt/up", null, "Stale file handle"),
                new RemoteException(
                        IOException.class.getName(),
                        "File /up/a.jar could only be written to 0 of the 1 minReplication nodes."),
                new RemoteException(StandbyException.class.getName(), "Operation category WRITE is not supported"),
                new SafeModeException("Name node is in safe mode."),
                new IOException());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void knowsWhatARepeatDoesNotChange(IOException error) {
        assertThat(StorageRefusals.isRefusal(error)).isTrue();
        assertThat(StorageRefusals.isRefusal(new IOException("wrapped", error))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void takesAllElseForAFailure(IOException error) {
        assertThat(StorageRefusals.isRefusal(error)).isFalse();
        assertThat(StorageRefusals.isRefusal(new IOException("wrapped", error))).isFalse();
    }
}
