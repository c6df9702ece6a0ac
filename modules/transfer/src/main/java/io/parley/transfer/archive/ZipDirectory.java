package io.parley.transfer.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * What the end of a zip archive says about its directory (APPNOTE 6.3.10, 4.3.16 and 4.3.14). It is looked at before the
 * JDK reads the whole directory into memory.
 */
record ZipDirectory(long entries) {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_SIZE = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_SIZE = 56;

    // Bytes per entry, names and extra fields included; real ones take about a hundred.
    private static final int MAX_ENTRY = 1024;

    /** Fails invalid if there is no directory. A large one counts for as many entries as fit into it. */
    static ZipDirectory find(FileChannel file) throws IOException {
        int tailSize = (int) Math.min(file.size(), END_SIZE + MAX_COMMENT + LOCATOR_SIZE);
        var tail = read(file, file.size() - tailSize, tailSize);
        for (int at = tailSize - END_SIZE; at >= 0; at--) if (tail.getInt(at) == END) return at(file, tail, at);
        throw ArchiveFile.broken();
    }

    private static ZipDirectory at(FileChannel file, ByteBuffer tail, int at) throws IOException {
        int locator = at - LOCATOR_SIZE;
        if (locator >= 0 && tail.getInt(locator) == LOCATOR) return at64(file, tail.getLong(locator + 8));
        return of(Short.toUnsignedLong(tail.getShort(at + 10)), Integer.toUnsignedLong(tail.getInt(at + 12)));
    }

    private static ZipDirectory at64(FileChannel file, long position) throws IOException {
        if (position < 0 || position > file.size() - END_64_SIZE) throw ArchiveFile.broken();
        var end = read(file, position, END_64_SIZE);
        if (end.getInt(0) != END_64) throw ArchiveFile.broken();
        return of(end.getLong(32), end.getLong(40));
    }

    private static ZipDirectory of(long entries, long bytes) {
        return new ZipDirectory(Math.max(entries, bytes / MAX_ENTRY));
    }

    private static ByteBuffer read(FileChannel file, long position, int size) throws IOException {
        var bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {}
        return bytes.rewind();
    }
}
