package io.parley.storage.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A backup that is read. Every failure is a {@link BackupException}. */
public final class BackupArchive implements AutoCloseable {
    private static final int MAX_TEXT_BYTES = 16 * 1024 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupArchive(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    public static BackupArchive open(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file))
            throw new BackupException("cannot read the file " + file + ": "
                    + (Files.notExists(file) ? "it does not exist" : "it is not a file that may be read"));
        try {
            return open(file, new ZipFile(file.toFile()));
        } catch (NoSuchFileException | AccessDeniedException unreadable) {
            throw new BackupException("cannot read the file " + file, unreadable);
        } catch (IOException | IllegalArgumentException notWhole) {
            throw damaged(file, "it is no backup, or was cut short", notWhole);
        }
    }

    private static BackupArchive open(Path file, ZipFile zip) throws IOException {
        try {
            return new BackupArchive(file, zip, readManifest(file, zip));
        } catch (IOException | RuntimeException failure) {
            zip.close();
            throw failure;
        }
    }

    private static Manifest readManifest(Path file, ZipFile zip) throws IOException {
        var entry = zip.getEntry(Manifest.NAME);
        if (entry == null) throw damaged(file, "it has no manifest", null);
        try {
            var bytes = read(zip, entry);
            var sum = new CRC32();
            sum.update(bytes);
            if (sum.getValue() != entry.getCrc()) throw damaged(file, "the sum of its manifest is wrong", null);
            return Manifest.parse(new String(bytes, UTF_8));
        } catch (BackupException failure) {
            throw failure;
        } catch (RuntimeException notAManifest) {
            throw damaged(file, "its manifest cannot be read", notAManifest);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    public long bytes() {
        return file.toFile().length();
    }

    /** Reads everything, and fails unless the file has what its manifest says and nothing else. Blocks. */
    public void verify() {
        var names = new HashSet<String>();
        for (var entry : manifest.entries()) {
            if (!names.add(entry.name())) throw damaged(file, "its manifest names " + entry.name() + " twice", null);
            verify(entry);
        }
        names.add(Manifest.NAME);
        for (var entry : Collections.list(zip.entries()))
            if (!names.contains(entry.getName()))
                throw damaged(file, "its manifest does not name " + entry.getName(), null);
    }

    private void verify(Manifest.Entry expected) {
        var measured = new MeasuredOutput(OutputStream.nullOutputStream());
        try (var in = open(expected.name())) {
            in.transferTo(measured);
        } catch (IOException failure) {
            throw damaged(file, expected.name() + " cannot be unpacked", failure);
        }
        if (!measured.entry(expected.name(), expected.columns()).equals(expected))
            throw damaged(file, "the sum or the count of " + expected.name() + " is wrong", null);
    }

    InputStream table(Manifest.Entry entry) throws IOException {
        return new BufferedInputStream(open(entry.name()), CHUNK_BYTES);
    }

    private InputStream open(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) throw damaged(file, name + " is missing", null);
        return zip.getInputStream(entry);
    }

    /** Whether {@link #secrets} needs a passphrase. */
    public boolean isSealed() {
        return zip.getEntry(SealedSecrets.NAME) != null;
    }

    /** {@link Secrets#NONE} if it has none. */
    public Secrets secrets(@Nullable Secret passphrase) {
        try {
            if (isSealed()) return openSealed(passphrase);
            var plain = zip.getEntry(Secrets.NAME);
            return plain == null ? Secrets.NONE : Secrets.parse(new String(read(zip, plain), UTF_8));
        } catch (BackupException failure) {
            throw failure;
        } catch (IOException | RuntimeException failure) {
            throw damaged(file, "its secrets cannot be read", failure);
        }
    }

    private Secrets openSealed(@Nullable Secret passphrase) throws IOException {
        if (passphrase == null)
            throw new BackupException(
                    "the secrets in " + file
                            + " are encrypted: name the file with its passphrase in --passphrase-file, or set backup.passphrase");
        return SealedSecrets.open(new String(read(zip, zip.getEntry(SealedSecrets.NAME)), UTF_8), passphrase);
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(MAX_TEXT_BYTES + 1);
            if (bytes.length > MAX_TEXT_BYTES) throw new IOException(entry.getName() + " is too large");
            return bytes;
        }
    }

    BackupException damaged(String why, @Nullable Throwable cause) {
        return damaged(file, why, cause);
    }

    private static BackupException damaged(Path file, String why, @Nullable Throwable cause) {
        var message = "the backup " + file + " is damaged: " + why;
        return cause == null ? new BackupException(message) : new BackupException(message, cause);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException failure) {
            throw new BackupException("cannot close the file " + file + ": " + failure.getMessage(), failure);
        }
    }
}
