package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;

/** The SQL that moves files to the trash, restores them and lists the trash. */
final class FileTrash {
    private final Database database;
    private final FileStore files;

    FileTrash(Database database, FileStore files) {
        this.database = database;
        this.files = files;
    }

    Future<None> delete(Files.Delete command) {
        return files.change(
                command.versions(),
                () -> database.query("""
                    UPDATE files
                       SET deleted_at = now(), updated_at = next_version(updated_at, now())
                     WHERE id = #{id} AND user_id = #{user_id} AND state = 'stored' AND deleted_at IS NULL
                       AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING id
                    """, row -> None.NONE)
                        .one(FileRow.rowOf(command.caller(), command.id()).versions(command.versions())),
                command.caller(),
                command.id());
    }

    /** Returns the file unchanged if it is not in the trash. */
    Future<StoredFile> restore(Files.Restore command) {
        return database.query("""
                    UPDATE files
                       SET deleted_at = NULL, updated_at = next_version(updated_at, now())
                     WHERE id = #{id} AND user_id = #{user_id} AND state = 'stored' AND deleted_at IS NOT NULL
                    RETURNING\s""" + FileRow.COLUMNS, FileRow::file)
                .one(FileRow.rowOf(command.caller(), command.id()))
                .compose(restored -> restored.map(Future::succeededFuture)
                        .orElseGet(() -> files.find(new Files.Find(command.caller(), command.id()))));
    }

    Future<Page<StoredFile>> list(Files.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + FileRow.COLUMNS + "FROM files WHERE state = 'stored' AND deleted_at IS NOT NULL",
                        List.of(),
                        "deleted_at",
                        "id",
                        FileRow::file,
                        file -> new Cursor(Objects.requireNonNull(file.deletedAt()), file.id()))
                .page(FileStore.own(query.caller()), query.page());
    }
}
