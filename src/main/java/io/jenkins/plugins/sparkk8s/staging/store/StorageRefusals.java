package io.jenkins.plugins.sparkk8s.staging.store;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a file system refused what was asked for, so that a repeat is refused too. Everything else, above all
 * what is not known here, may be over soon: no server answers, a time is over, no node has room.
 *
 * <p>Hadoop's exceptions are known by their names, also where a server's answer only names them.
 */
public final class StorageRefusals {
    private static final Set<Class<? extends Throwable>> CLASSES = Set.of(
            UnknownHostException.class,
            AccessDeniedException.class,
            NoSuchFileException.class,
            NotDirectoryException.class,
            java.nio.file.FileAlreadyExistsException.class,
            IllegalArgumentException.class,
            UnsupportedOperationException.class,
            LinkageError.class,
            ClassNotFoundException.class);

    private static final Set<String> OF_HADOOP = Set.of(
            "org.apache.hadoop.security.AccessControlException",
            "org.apache.hadoop.security.authorize.AuthorizationException",
            "org.apache.hadoop.security.authentication.client.AuthenticationException",
            "org.apache.hadoop.fs.UnsupportedFileSystemException",
            "org.apache.hadoop.fs.FileAlreadyExistsException",
            "org.apache.hadoop.fs.ParentNotDirectoryException",
            "org.apache.hadoop.fs.InvalidPathException",
            "org.apache.hadoop.fs.PathPermissionException",
            "org.apache.hadoop.hdfs.protocol.QuotaExceededException",
            "org.apache.hadoop.hdfs.protocol.NSQuotaExceededException",
            "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException",
            "org.apache.hadoop.ipc.RpcException");

    private static final List<String> LOWER_CASE_MESSAGES = List.of(
            "no filesystem for scheme",
            "classnotfoundexception",
            "incomplete hdfs uri",
            "authentication is not enabled",
            "cannot authenticate via",
            "permission denied",
            "operation not permitted",
            "read-only file system",
            "quota exceeded",
            "not a directory",
            "file name too long");

    private StorageRefusals() {}

    /** @param error with all its causes */
    public static boolean isRefusal(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (isKnown(cause) || isNamed(cause) || hasRefusalText(cause) || CloudErrors.isRefusal(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKnown(Throwable error) {
        return CLASSES.stream().anyMatch(refusal -> refusal.isInstance(error));
    }

    private static boolean isNamed(Throwable error) {
        for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
            if (OF_HADOOP.contains(type.getName())) {
                return true;
            }
        }
        // A RemoteException has the name of the server's exception in brackets behind its own.
        return Arrays.stream(error.toString().split("[():]", 3)).limit(2).anyMatch(OF_HADOOP::contains);
    }

    private static boolean hasRefusalText(Throwable error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String lowerCase = message.toLowerCase(Locale.ROOT);
        return LOWER_CASE_MESSAGES.stream().anyMatch(lowerCase::contains);
    }
}
