package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.Files.Begun;
import io.parley.contracts.files.Signatures;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Micros;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.HexFormat;

/** The SQL of files of which not all has arrived. */
final class ArrivingFileStore {
    private static final Begun NEW = new Begun(null);

    private final Database database;
    private final ChunkStore chunks;

    ArrivingFileStore(Database database, ChunkStore chunks) {
        this.database = database;
        this.chunks = chunks;
    }

    Future<Begun> begin(Files.Begin command) {
        var created = command.createdAt() == null ? Micros.truncate(Instant.now()) : command.createdAt();
        return database.query("""
                    INSERT INTO files (id, user_id, name, created_at)
                    VALUES (#{id}, #{user_id}, #{name}, #{created_at})
                    ON CONFLICT DO NOTHING
                    RETURNING id
                    """, row -> row.getUUID("id"))
                .translating(FileRow.CONSTRAINTS)
                .one(FileRow.rowOf(command.caller(), command.id())
                        .and("name", command.name())
                        .and("created_at", created))
                .compose(begun -> begun.isPresent()
                        ? Future.succeededFuture(NEW)
                        : beginAgain(command)
                                .compose(again -> again ? Future.succeededFuture(NEW) : existing(command)));
    }

    // Removes the chunks of the attempt before: this one may have fewer.
    private Future<Boolean> beginAgain(Files.Begin command) {
        var row = FileRow.rowOf(command.caller(), command.id());
        return database.query("""
                    UPDATE files SET name = #{name}, began_at = now()
                     WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                    """)
                .run(row.and("name", command.name()))
                .compose(updated -> updated == 0
                        ? Future.succeededFuture(false)
                        : database.query("DELETE FROM file_chunks WHERE user_id = #{user_id} AND file_id = #{id}")
                                .run(FileRow.rowOf(command.caller(), command.id()))
                                .map(true));
    }

    private Future<Begun> existing(Files.Begin command) {
        return database.query(
                        "SELECT " + FileRow.COLUMNS
                                + "FROM files WHERE user_id = #{user_id} AND id = #{id} AND state = 'stored'",
                        FileRow::file)
                .one(FileRow.rowOf(command.caller(), command.id()))
                .map(found -> new Begun(found.orElseThrow(
                        () -> Problem.conflict("/id", "A file with this id is being removed for good."))));
    }

    /** If an earlier attempt has finished the file and its answer got lost, the reply is that file. */
    Future<StoredFile> finish(Files.Finish command) {
        return chunks.beginning(command.caller(), command.id()).compose(beginning -> finish(command, beginning));
    }

    private Future<StoredFile> finish(Files.Finish command, byte[] beginning) {
        var sha256 = Buffer.buffer(HexFormat.of().parseHex(command.sha256()));
        return database.query("""
                    UPDATE files
                       SET state = 'stored', media_type = #{media_type}, size = #{size}, sha256 = #{sha256},
                           updated_at = next_version(updated_at, now())
                     WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                       AND (SELECT coalesce(sum(octet_length(c.data)), 0)
                              FROM file_chunks c
                             WHERE c.user_id = #{user_id} AND c.file_id = #{id}) = #{size}
                    RETURNING\s""" + FileRow.COLUMNS, FileRow::file)
                .one(FileRow.rowOf(command.caller(), command.id())
                        .and("media_type", Signatures.mediaType(beginning, command.size()))
                        .and("size", command.size())
                        .and("sha256", sha256))
                .compose(finished ->
                        finished.map(Future::succeededFuture).orElseGet(() -> finishedBefore(command, sha256)));
    }

    private Future<StoredFile> finishedBefore(Files.Finish command, Buffer sha256) {
        return database.query("SELECT " + FileRow.COLUMNS + """
                      FROM files
                     WHERE user_id = #{user_id} AND id = #{id} AND state = 'stored' AND sha256 = #{sha256}
                    """, FileRow::file)
                .one(FileRow.rowOf(command.caller(), command.id()).and("sha256", sha256))
                .map(found -> found.orElseThrow(
                        () -> Problem.invalid("/size", "is not the size of the chunks that have arrived")));
    }

    Future<None> abandon(Files.Abandon command) {
        return database.query("DELETE FROM files WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'")
                .run(FileRow.rowOf(command.caller(), command.id()))
                .map(None.NONE);
    }
}
