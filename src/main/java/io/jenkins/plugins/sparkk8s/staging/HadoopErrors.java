package io.jenkins.plugins.sparkk8s.staging;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;

/** Says in a sentence why Hadoop refused; its own messages run over many lines, or name classes only. */
final class HadoopErrors {
    private HadoopErrors() {}

    static String sentence(IOException error, String location) {
        String message = firstLine(error);
        if (message.startsWith("No FileSystem for scheme") || message.contains("ClassNotFoundException")) {
            String scheme = location.contains(":") ? location.substring(0, location.indexOf(':')) : "file";
            return "no file system for %s:// is on the class path; use hdfs, webhdfs or a mounted path, or add its jars to the class path."
                    .formatted(scheme);
        }
        Throwable root = rootOf(error);
        if (root instanceof UnknownHostException) {
            return "the host of %s is unknown; check the name.".formatted(location);
        }
        if (root instanceof ConnectException) {
            return "nothing answers at %s; check host and port.".formatted(location);
        }
        if (root instanceof SocketTimeoutException) {
            return "%s does not answer in time; check host, port and network.".formatted(location);
        }
        if (root instanceof AccessDeniedException denied) {
            return "permission denied on %s.".formatted(denied.getFile());
        }
        return message.endsWith(".") ? message : message + ".";
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return message.lines().findFirst().orElse(error.getClass().getSimpleName());
    }
}
