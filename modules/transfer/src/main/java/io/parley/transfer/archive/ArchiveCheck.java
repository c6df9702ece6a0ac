package io.parley.transfer.archive;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks all files that are to be read once, to nowhere, so that nothing of an archive is imported if it is broken or exceeds
 * a limit. What the archive's directory says about sizes cannot be trusted.
 */
public final class ArchiveCheck implements AutoCloseable {
    /** Bytes. A step takes about 10 ms. */
    private static final int STEP = 1024 * 1024;

    private final ArchiveFile archive;
    private final ArchiveLimits limits;
    private final Iterator<ArchiveEntry> entries;
    private @Nullable ArchiveEntry entry;
    private @Nullable EntryReader reader;
    private long unpacked;

    public ArchiveCheck(ArchiveFile archive, ArchiveLimits limits, List<ArchiveEntry> entries) {
        this.archive = archive;
        this.limits = limits;
        this.entries = List.copyOf(entries).iterator();
    }

    /** Checks the next piece; returns false if there is none. Blocks, and fails as {@link ArchiveFile} does. */
    public boolean next() throws IOException {
        if (reader == null || entry == null) {
            if (!entries.hasNext()) return false;
            entry = entries.next();
            reader = new EntryReader(archive, entry);
        }
        int size = reader.read(STEP).length;
        unpacked += size;
        if (unpacked > limits.maxUnpacked())
            throw new ArchiveTooLargeException(
                    "The files in the archive must not be larger than " + limits.maxUnpacked() + " bytes together.");
        checkRatio(reader.size(), Math.min(entry.zip().getCompressedSize(), archive.size()));
        checkRatio(unpacked, archive.size());
        if (size == 0) close();
        return true;
    }

    private void checkRatio(long read, long inArchive) {
        if (read > limits.maxRatio() * Math.max(1, inArchive))
            throw new ArchiveTooLargeException(
                    "A file in the archive must not be more than " + limits.maxRatio() + " times as large as in it.");
    }

    @Override
    public void close() throws IOException {
        if (reader != null) reader.close();
        reader = null;
    }
}
