package io.parley.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.maven.plugins.shade.relocation.Relocator;
import org.apache.maven.plugins.shade.resource.ReproducibleResourceTransformer;
import org.jspecify.annotations.Nullable;

/** A transformer of the shade plugin: makes one archive in the jar smaller ({@link LinkedCopies}). */
public final class SmallerArchive implements ReproducibleResourceTransformer {
    private @Nullable String resource;
    private @Nullable File cache;
    private @Nullable Path packed;
    private long time;

    /** The name of the archive in the jar. Set by Maven. */
    public void setResource(String resource) {
        this.resource = resource;
    }

    /** The folder in which the result is kept for the next build. Set by Maven. */
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
        var folder = Files.createDirectories(cache.toPath());
        var original = folder.resolve(name);
        Files.copy(content, original, StandardCopyOption.REPLACE_EXISTING);
        packed = folder.resolve(sum(original) + "-" + name);
        if (Files.notExists(packed)) pack(original, packed);
        Files.delete(original);
    }

    private static void pack(Path original, Path packed) throws IOException {
        var part = packed.resolveSibling(packed.getFileName() + ".part");
        try (var in = Files.newInputStream(original);
                var out = Files.newOutputStream(part)) {
            LinkedCopies.pack(in, out);
        }
        Files.move(part, packed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String sum(Path file) throws IOException {
        var sum = new CRC32();
        try (var in = new CheckedInputStream(Files.newInputStream(file), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
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
