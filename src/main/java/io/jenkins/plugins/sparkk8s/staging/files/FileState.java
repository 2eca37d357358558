package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * By what a change of a local file is noticed without reading it.
 *
 * @param modified nanoseconds since 1970
 * @param changed when its attributes or content changed last, which no program can set; as {@code modified} where the file
 *     system does not have it
 * @param inode 0 where the file system has none
 */
public record FileState(long size, long modified, long changed, long inode) {

    public static FileState of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            long modified = nanoseconds(basic.lastModifiedTime());
            return new FileState(basic.size(), modified, modified, 0);
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
        return new FileState(
                (Long) unix.get("size"),
                nanoseconds(unix.get("lastModifiedTime")),
                nanoseconds(unix.get("ctime")),
                (Long) unix.get("ino"));
    }

    private static long nanoseconds(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    /** The last of its times. */
    long newest() {
        return Math.max(modified, changed);
    }
}
