package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.zip.GZIPOutputStream;
import org.apache.tools.tar.TarConstants;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarOutputStream;
import org.apache.tools.zip.ZipEntry;
import org.apache.tools.zip.ZipOutputStream;

/** Kinds of archives: without times, owners or anything else that differs from one machine to the next. */
final class FolderArchives {
    private static final int EXECUTABLE = 0100755;
    private static final int PLAIN = 0100644;
    private static final int LINK = 0120777;

    private FolderArchives() {}

    /** Has no links. */
    static PackedFolder.Archive zip(OutputStream out) {
        return new Zip(new ZipOutputStream(out));
    }

    /** Has links as they are. */
    static PackedFolder.Archive tarGz(OutputStream out) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(out, 64 * 1024);
        TarOutputStream tar = new TarOutputStream(zipped, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarOutputStream.BIGNUMBER_POSIX);
        return new TarGz(tar, zipped);
    }

    private static void requireNotInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while packing");
        }
    }

    private record Zip(ZipOutputStream zip) implements PackedFolder.Archive {
        private Zip {
            zip.setEncoding("UTF-8");
        }

        @Override
        public OutputStream next(PackedFolder.Entry file, long size) throws IOException {
            requireNotInterrupted();
            ZipEntry entry = new ZipEntry(file.name());
            // A zip has local times: this is the same text in every time zone.
            entry.setTime(new GregorianCalendar(1980, Calendar.FEBRUARY, 1).getTimeInMillis());
            entry.setUnixMode(file.executable() ? EXECUTABLE : PLAIN);
            entry.setSize(size);
            zip.putNextEntry(entry);
            return zip;
        }

        @Override
        public void end() throws IOException {
            zip.finish();
            zip.flush();
        }
    }

    private static final class TarGz implements PackedFolder.Archive {
        private final TarOutputStream tar;
        private final GZIPOutputStream zipped;
        private boolean open;

        TarGz(TarOutputStream tar, GZIPOutputStream zipped) {
            this.tar = tar;
            this.zipped = zipped;
        }

        @Override
        public OutputStream next(PackedFolder.Entry file, long size) throws IOException {
            requireNotInterrupted();
            endEntry();
            TarEntry entry = file.link() == null
                    ? new TarEntry(file.name())
                    : new TarEntry(file.name(), TarConstants.LF_SYMLINK);
            if (file.link() == null) {
                entry.setMode(file.executable() ? EXECUTABLE : PLAIN);
                entry.setSize(size);
            } else {
                entry.setMode(LINK);
                entry.setLinkName(file.link());
            }
            entry.setModTime(0);
            entry.setIds(0, 0);
            entry.setNames("", "");
            tar.putNextEntry(entry);
            open = true;
            return tar;
        }

        private void endEntry() throws IOException {
            if (open) {
                tar.closeEntry();
                open = false;
            }
        }

        @Override
        public void end() throws IOException {
            endEntry();
            tar.finish();
            zipped.finish();
        }
    }
}
