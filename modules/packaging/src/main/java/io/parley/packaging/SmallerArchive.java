package io.parley.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.maven.plugins.shade.relocation.Relocator;
import org.apache.maven.plugins.shade.resource.ReproducibleResourceTransformer;
import org.jspecify.annotations.Nullable;

/** A transformer of the shade plugin: makes one archive in the jar smaller ({@link LinkedCopies}). */
public final class SmallerArchive implements ReproducibleResourceTransformer {
    /** Changes whenever {@link LinkedCopies} packs differently; else a file packed by an older version would be used. */
    private static final String PACKING = "-linked-0-";

    private @Nullable String resource;
    private @Nullable File cache;
    private @Nullable Path packed;
    private long time;

    /** The name of the archive in the jar. Set by Maven. */
    public void setResource(String resource) {
        this.resource = resource;
    }

    /** The folder in which the result is kept for later builds. Set by Maven. */
    public void setCache(File cache) {
        this.cache = cache;
    }

    @Override
    public boolean canTransformResource(String name) {
        return name.equals(resource);
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still has it
    public void processResource(String name, InputStream content, List<Relocator> relocators) throws IOException {
        processResource(name, content, relocators, 0);
    }

    @Override
    public void processResource(String name, InputStream content, List<Relocator> relocators, long time)
            throws IOException {
        if (cache == null) throw new IOException("the transformer SmallerArchive needs a cache");
        this.time = time;
        packed = packed(name, content, Files.createDirectories(cache.toPath()));
    }

    // Other builds may write to the same folder, so a file has its name only when it is whole.
    private static Path packed(String name, InputStream content, Path folder) throws IOException {
        var original = Files.createTempFile(folder, name, ".original");
        var part = Files.createTempFile(folder, name, ".part");
        try {
            var packed = folder.resolve(copy(content, original) + PACKING + name);
            if (Files.notExists(packed)) {
                pack(original, part);
                Files.move(part, packed, StandardCopyOption.ATOMIC_MOVE);
            }
            return packed;
        } finally {
            Files.deleteIfExists(original);
            Files.deleteIfExists(part);
        }
    }

    private static void pack(Path original, Path packed) throws IOException {
        try (var in = Files.newInputStream(original);
                var out = Files.newOutputStream(packed)) {
            LinkedCopies.pack(in, out);
        }
    }

    private static String copy(InputStream content, Path target) throws IOException {
        try {
            var sum = MessageDigest.getInstance("SHA-256");
            Files.copy(new DigestInputStream(content, sum), target, StandardCopyOption.REPLACE_EXISTING);
            return HexFormat.of().formatHex(sum.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean hasTransformedResource() {
        return packed != null;
    }

    @Override
    public void modifyOutputStream(JarOutputStream jar) throws IOException {
        if (packed == null || resource == null) return;
        var entry = new JarEntry(resource);
        entry.setTime(time);
        jar.putNextEntry(entry);
        Files.copy(packed, jar);
    }
}
