package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A file that takes a part of what is written to it, on a disk that is full after some bytes. */
final class FaultyFile extends FileChannel {
    private final FileChannel file;
    private final int mostAtOnce;
    private final AtomicLong room;
    private final AtomicInteger writes = new AtomicInteger();

    FaultyFile(FileChannel file, int mostAtOnce, long room) {
        this.file = file;
        this.mostAtOnce = mostAtOnce;
        this.room = new AtomicLong(room);
    }

    int writes() {
        return writes.get();
    }

    @Override
    public int write(ByteBuffer buffer, long position) throws IOException {
        writes.incrementAndGet();
        int length = Math.min(buffer.remaining(), mostAtOnce);
        if (room.addAndGet(-length) < 0) {
            throw new IOException("No space left on device");
        }
        int limit = buffer.limit();
        buffer.limit(buffer.position() + length);
        int written = file.write(buffer, position);
        buffer.limit(limit);
        return written;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return file.read(buffer);
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
        return file.read(buffers, offset, length);
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return file.write(buffer);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        return file.write(buffers, offset, length);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        return file.position(position);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return file.transferFrom(source, position, count);
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
        return file.read(buffer, position);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
