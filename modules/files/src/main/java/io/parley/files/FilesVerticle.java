package io.parley.files;

import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.Statistics;
import io.parley.contracts.files.Files;
import io.parley.contracts.limits.Stored;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.parley.storage.TableFigures;
import io.parley.storage.TableFigures.State;
import io.parley.storage.quota.StorageQuota;
import io.parley.storage.sealing.EncryptionChoice;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers every request about files. Only this module accesses the tables {@code files} and {@code file_chunks}. */
public final class FilesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public FilesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database.sealing("files", "id");
    }

    @Override
    public Future<?> start() {
        var store = new FileStore(database);
        var chunks = new ChunkStore(database, store);
        var unfinished = new ArrivingFileStore(database, new EncryptionChoice(bus, database.keys()));
        var trash = new FileTrash(database, store);
        var quota = new StorageQuota(bus);
        var arriving = new ArrivingFiles(quota, unfinished, chunks);
        return Future.all(List.of(
                quota.follow(),
                bus.answer(Files.BEGIN, arriving::begin),
                bus.answer(Files.APPEND, arriving::append),
                bus.answer(Files.FINISH, unfinished::finish),
                bus.answer(Files.ABANDON, unfinished::abandon),
                bus.answer(Files.FIND, store::find),
                bus.answer(Files.LIST, query -> query.deleted() ? trash.list(query) : store.list(query)),
                bus.answer(Files.READ, chunks::read),
                bus.answer(Files.DELETE, trash::delete),
                bus.answer(Files.RESTORE, trash::restore),
                bus.answer(Purge.of("files"), new FilePurge(database)::purge),
                bus.answer(Stored.of("files"), new FileUsage(database)::count),
                bus.answer(Statistics.of("files"), figures()::find),
                bus.answer(Health.of("files"), check -> database.ping().map(None.NONE))));
    }

    private TableFigures figures() {
        return new TableFigures(
                database,
                "files",
                List.of("file_chunks"),
                List.of(
                        new State("live", "state = 'stored' AND deleted_at IS NULL"),
                        new State("deleted", "deleted_at IS NOT NULL"),
                        new State("arriving", "state = 'arriving' AND deleted_at IS NULL")));
    }
}
