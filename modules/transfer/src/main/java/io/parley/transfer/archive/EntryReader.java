package io.parley.transfer.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** Reads one file of an archive piece by piece. All methods block. */
public final class EntryReader implements AutoCloseable {
    private final ArchiveEntry entry;
    private final InputStream in;
    private final CRC32 crc = new CRC32();
    private long size;

    /** Fails as those of {@link ArchiveFile} do. */
    public EntryReader(ArchiveFile archive, ArchiveEntry entry) throws IOException {
        this.entry = entry;
        try {
            this.in = archive.open(entry);
        } catch (ZipException broken) {
            throw ArchiveFile.broken();
        }
    }

    /** The next bytes, at most as many; none at the end. Fails invalid if the archive is broken. */
    public byte[] read(int limit) throws IOException {
        try {
            var bytes = in.readNBytes(limit);
            crc.update(bytes);
            size += bytes.length;
            if (bytes.length == 0 && entry.zip().getCrc() != crc.getValue()) throw ArchiveFile.broken();
            return bytes;
        } catch (ZipException | EOFException broken) {
            throw ArchiveFile.broken();
        }
    }

    /** The number of bytes that were read. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
