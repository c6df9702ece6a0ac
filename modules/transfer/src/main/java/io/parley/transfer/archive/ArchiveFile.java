package io.parley.transfer.archive;

import io.parley.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive in a temporary file, because its directory is at its end. All methods block and fail with {@link Problem} if
 * the archive is broken, and with {@link ArchiveTooLargeException}.
 */
public final class ArchiveFile implements AutoCloseable {
    /** Bytes that show whether a document is an archive. */
    public static final int START = 2;

    private static final int MAX_NAME = 200;

    private final ArchiveLimits limits;
    private final Path file;
    private final FileChannel channel;
    private long size;
    private @Nullable ZipFile zip;

    private ArchiveFile(ArchiveLimits limits, Path file) throws IOException {
        this.limits = limits;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Whether a document begins with {@code PK} (APPNOTE 4.3.7), as no JSON does, whatever its media type says. */
    public static boolean isArchive(byte[] start) {
        return start.length >= START && start[0] == 'P' && start[1] == 'K';
    }

    /** An empty file that only this process's user can read. Its name has the process id, in case the process is killed. */
    public static ArchiveFile create(ArchiveLimits limits) throws IOException {
        var prefix = "parley-import-" + ProcessHandle.current().pid() + "-";
        return new ArchiveFile(limits, Files.createTempFile(prefix, ".zip"));
    }

    public void append(byte[] bytes) throws IOException {
        size += bytes.length;
        if (size > limits.maxUnpacked())
            throw new ArchiveTooLargeException(
                    "The archive must not be larger than " + limits.maxUnpacked() + " bytes.");
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    /** The files in the archive, in the order of its directory. Call it after the last bytes. */
    public List<ArchiveEntry> entries() throws IOException {
        var directory = ZipDirectory.find(channel);
        if (directory.entries() > limits.maxEntries())
            throw new ArchiveTooLargeException(
                    "The archive must not have more than " + limits.maxEntries() + " entries.");
        try {
            var opened = new ZipFile(file.toFile());
            zip = opened;
            return entries(opened);
        } catch (ZipException | IllegalArgumentException broken) {
            throw broken();
        }
    }

    private List<ArchiveEntry> entries(ZipFile opened) {
        List<ArchiveEntry> entries = new ArrayList<>();
        opened.stream().forEach(entry -> {
            if (entries.size() == limits.maxEntries())
                throw new ArchiveTooLargeException(
                        "The archive must not have more than " + limits.maxEntries() + " entries.");
            if (!entry.isDirectory()) entries.add(new ArchiveEntry(shown(entry.getName()), isJson(entry), entry));
        });
        return entries;
    }

    private static boolean isJson(ZipEntry entry) {
        var name = entry.getName().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".jsonl");
    }

    private static String shown(String name) {
        var printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_NAME ? printable : printable.substring(0, MAX_NAME) + "…";
    }

    InputStream open(ArchiveEntry entry) throws IOException {
        if (zip == null) throw new IllegalStateException("the archive is not open");
        return zip.getInputStream(entry.zip());
    }

    /** Bytes. */
    long size() {
        return size;
    }

    static Problem broken() {
        return Problem.invalid("", "is not a zip archive that can be read");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (zip != null) zip.close();
        Files.deleteIfExists(file);
    }
}
