package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.Versions;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The SQL of files that are stored and not in the trash. */
final class FileStore {
    private final Database database;
    private final Ownership ownership;

    FileStore(Database database) {
        this.database = database;
        this.ownership = new Ownership(
                database,
                "file",
                "SELECT user_id, deleted_at IS NULL AS live FROM files WHERE id = #{id} AND state = 'stored'");
    }

    Future<StoredFile> find(Files.Find query) {
        var row =
                database.query("SELECT " + FileRow.COLUMNS + """
                      FROM files
                     WHERE id = #{id} AND user_id = #{user_id} AND state = 'stored' AND deleted_at IS NULL
                    """, FileRow::file).batched();
        return ownership.read(() -> row.one(FileRow.rowOf(query.caller(), query.id())), query.caller(), query.id());
    }

    Future<Page<StoredFile>> list(Files.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + FileRow.COLUMNS + "FROM files WHERE state = 'stored' AND deleted_at IS NULL",
                        List.of(),
                        "created_at",
                        "id",
                        FileRow::file,
                        file -> new Cursor(file.createdAt(), file.id()))
                .page(own(query.caller()), query.page());
    }

    static Conditions own(Caller caller) {
        return Conditions.of("user_id = #{user_id}", "user_id", caller.userId());
    }

    /** Runs a statement that changes the file; fails with the reason if it finds none. */
    <T> Future<T> change(Versions versions, Supplier<Future<Optional<T>>> statement, Caller caller, UUID id) {
        return ownership.change(versions, statement, caller, id);
    }
}
