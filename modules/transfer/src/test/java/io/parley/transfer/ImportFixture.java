package io.parley.transfer;

import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.transfer.archive.ArchiveLimits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Imports into fake modules. */
final class ImportFixture implements AutoCloseable {
    static final Caller ADA = new Caller(UUID.fromString("01900000-0000-7000-8000-00000000ada0"), Caller.Role.USER);
    static final ArchiveLimits LIMITS = new ArchiveLimits(1024 * 1024, 10, 200);

    final ModulesFake modules = new ModulesFake();
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));

    ImportFixture() {
        modules.answer(bus).await();
    }

    ImportReport imported(String document) {
        return imported(document, Optional.empty());
    }

    ImportReport imported(String document, Optional<UUID> namespace) {
        var importer = importer(namespace);
        importer.take(Buffer.buffer(document)).await();
        return importer.finish().await();
    }

    Importer importer(Optional<UUID> namespace) {
        return new Importer(vertx, bus, ADA, LIMITS, namespace, () -> {});
    }

    static ImportReport report(int imported, int updated, int unchanged) {
        return new ImportReport(imported, updated, unchanged, List.of(), List.of());
    }

    ImportReport load(String sample) {
        return load(sample(sample), LIMITS);
    }

    ImportReport load(byte[] document, ArchiveLimits limits) {
        var importer = new Importer(vertx, bus, ADA, limits, Optional.empty(), () -> {});
        try {
            importer.take(Buffer.buffer(document)).await();
            return importer.finish().await();
        } finally {
            importer.abandon().await();
        }
    }

    static byte[] sample(String name) {
        try (var file = ImportFixture.class.getResourceAsStream("/exports/" + name)) {
            if (file == null) throw new IllegalArgumentException(name);
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
