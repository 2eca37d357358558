package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a sentence why Hadoop refused; its own messages run over many lines, or name classes only. */
public final class StorageErrors {
    private static final Pattern PERMISSION_DENIED =
            Pattern.compile("Permission denied: user=([^,]+), access=([A-Z_]+), inode=\"([^\"]*)\"");
    /** What the client throws when the other side does not speak its protocol. */
    private static final String RPC_EXCEPTION = "org.apache.hadoop.ipc.RpcException";

    /** The message of Java's own HTTP client when the other side ends the connection. */
    private static final String CUT = "Error writing request body to server";

    /** A time-out before there was a connection. */
    private static final String CONNECT_TIMEOUT = "org.apache.hadoop.net.ConnectTimeoutException";

    private StorageErrors() {}

    public static String sentence(IOException error, String location) {
        String known = CloudErrors.sentence(error, location);
        if (known == null) {
            known = byMessage(firstLine(error), location);
        }
        if (known == null) {
            known = byCause(rootOf(error), location);
        }
        if (known == null) {
            known = firstLine(error);
        }
        return known.endsWith(".") ? known : known + ".";
    }

    /** Whether the store was asked, and gave no answer in time; or cannot be asked at all. Further requests are useless for now. */
    public static boolean isNotAnswering(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return isConnectionFailure(rootOf(error));
    }

    /** Whether there is a file of that name, and the write was to make a new one. */
    public static boolean isAlreadyThere(IOException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause.getClass().getSimpleName().equals("FileAlreadyExistsException")
                    || message.contains("PreconditionFailed")
                    || message.contains("ConditionalRequestConflict")) {
                return true;
            }
        }
        return false;
    }

    /** Whether not the file is missing, but all that it would be in. */
    public static boolean isMissingStore(IOException error) {
        return error.getClass().getSimpleName().equals("UnknownStoreException")
                || String.valueOf(error.getMessage()).contains("FilesystemNotFound");
    }

    /** Whether the file was removed while it was being read; Google's client has no exception of its own for it. */
    public static boolean isGone(IOException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).startsWith("No such object")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a file system that reports failures by unchecked exceptions threw it, rather than this product's code.
     */
    public static boolean isOfFileSystem(RuntimeException error) {
        String name = error.getClass().getName();
        return name.startsWith("com.google.")
                || name.startsWith("software.amazon.")
                || name.startsWith("org.apache.hadoop.");
    }

    /** Whether the question itself never arrived. */
    public static boolean neverConnected(Throwable error) {
        return isConnectionFailure(rootOf(error));
    }

    private static boolean isConnectionFailure(Throwable root) {
        return root instanceof UnknownHostException
                || root instanceof ConnectException
                || root instanceof NoRouteToHostException
                || root.getClass().getName().equals(CONNECT_TIMEOUT);
    }

    private static String byMessage(String message, String location) {
        if (message.startsWith("No FileSystem for scheme") || message.contains("ClassNotFoundException")) {
            return Connectors.missing(location);
        }
        if (message.startsWith("Incomplete HDFS URI")) {
            return "%s names no name node; write hdfs://host:port/folder".formatted(location);
        }
        if (message.contains("authentication is not enabled") || message.contains("cannot authenticate via")) {
            return "%s accepts Kerberos users only; set HADOOP_CONF_DIR to its configuration and get a ticket with kinit"
                    .formatted(location);
        }
        if (message.contains("failure to login") || message.contains("Kerberos realm")) {
            return "the login with Kerberos for %s failed (%s); check principal, keytab or ticket, and /etc/krb5.conf of this machine"
                    .formatted(location, loginFailure(message));
        }
        if (message.contains("Failed to specify server's Kerberos principal name")) {
            return "%s accepts Kerberos users only, and its own principal is not known; set spark.hadoop.dfs.namenode.kerberos.principal, such as nn/_HOST@REALM"
                    .formatted(location);
        }
        if (message.contains("in state standby")) {
            return "the name node of %s is on standby; name the active one, or their common name service"
                    .formatted(location);
        }
        if (message.contains("in safe mode")) {
            return "the name node of %s is in safe mode and accepts no files; try again when it has left safe mode"
                    .formatted(location);
        }
        Matcher denied = PERMISSION_DENIED.matcher(message);
        return denied.find()
                ? "the user %s may not %s %s; give the permission, or choose another folder"
                        .formatted(denied.group(1), denied.group(2).toLowerCase(Locale.ROOT), denied.group(3))
                : null;
    }

    /** The rest names files of keys. */
    private static String loginFailure(String message) {
        return message.replaceFirst(".*LoginException: *", "").strip();
    }

    private static String byCause(Throwable root, String location) {
        if (root instanceof UnknownHostException) {
            return "the host of %s is unknown; check the name".formatted(location);
        }
        if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
            return "no server answers at %s; check host and port".formatted(location);
        }
        if (root instanceof SocketTimeoutException) {
            return "%s does not answer in time; check host, port and network".formatted(location);
        }
        if (root instanceof EOFException) {
            return "%s ended the connection without an answer; check host and port, and whether the server runs"
                    .formatted(location);
        }
        if (CUT.equals(root.getMessage())) {
            return "the connection to %s was cut while a file was sent; try again".formatted(location);
        }
        if (root.getClass().getName().equals(RPC_EXCEPTION)) {
            return "%s is not a name node's RPC port; check host and port".formatted(location);
        }
        if (root instanceof AccessDeniedException denied) {
            return "permission denied on %s".formatted(denied.getFile());
        }
        return root instanceof NoSuchFileException missing ? "there is no file %s".formatted(missing.getFile()) : null;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable error) {
        String name = error.getClass().getSimpleName();
        return error.getMessage() == null
                ? name
                : error.getMessage().lines().findFirst().orElse(name);
    }
}
